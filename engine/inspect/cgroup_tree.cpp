#include "engine/inspect/cgroup_tree.h"
