#include "engine/stack/stack_plan.h"
