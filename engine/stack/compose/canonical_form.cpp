#include "engine/stack/compose/canonical_form.h"
