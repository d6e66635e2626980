#include "engine/inspect/sight.h"
