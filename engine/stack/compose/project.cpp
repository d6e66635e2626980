#include "engine/stack/compose/project.h"
