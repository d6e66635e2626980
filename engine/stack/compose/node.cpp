#include "engine/stack/compose/node.h"
