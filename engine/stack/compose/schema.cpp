#include "engine/stack/compose/schema.h"
