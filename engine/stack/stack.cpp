#include "engine/stack/stack.h"
