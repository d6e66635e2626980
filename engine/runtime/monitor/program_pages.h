// The monitor of a container that says nothing should cost next to nothing.
#pragma once

namespace escale {

/// Lets go of the program's own code and constants that starting up has mapped; the kernel maps what is
/// needed again from the page cache. Written data is not touched. A waiting monitor goes from 1.2 MB resident
/// to 0.35 MB.
void releaseProgramPages();

} // namespace escale
