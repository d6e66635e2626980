#include "engine/inspect/mount_table.h"
