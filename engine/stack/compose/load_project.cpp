#include "engine/stack/compose/load_project.h"
