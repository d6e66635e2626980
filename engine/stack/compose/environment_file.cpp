#include "engine/stack/compose/environment_file.h"
