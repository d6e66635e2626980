#include "engine/stack/run_plan.h"
