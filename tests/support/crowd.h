// How large a crowd is, where a test makes one.
#pragma once

#include <QtGlobal>

namespace escale::test {

/// `many`, or a tenth on a machine whose processor is emulated (tests/system/inside.sh says so).
inline int crowdOf(int many) {
    return qEnvironmentVariableIsSet("ESCALE_EMULATED") ? many / 10 : many;
}

} // namespace escale::test
