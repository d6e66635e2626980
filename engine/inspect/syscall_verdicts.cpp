#include "engine/inspect/syscall_verdicts.h"
