#include "engine/stack/compose/from_containers.h"
