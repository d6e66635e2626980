#include "engine/inspect/namespace_facts.h"
