#include "engine/inspect/process_facts.h"
