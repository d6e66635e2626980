#include "engine/stack/compose/interpolate.h"
