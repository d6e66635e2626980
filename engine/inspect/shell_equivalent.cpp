#include "engine/inspect/made_script.h"
