#include "engine/stack/compose/merge.h"
