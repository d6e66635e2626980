#include "engine/stack/compose/parse_yaml.h"
