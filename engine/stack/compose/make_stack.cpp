#include "engine/stack/compose/make_stack.h"
