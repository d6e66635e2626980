#include "engine/stack/compose/write_yaml.h"
