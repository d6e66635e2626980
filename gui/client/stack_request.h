// A stack as the engine takes it: what the Compose files name is opened here, with this person's rights, and
// handed over as descriptors. Nothing of it is a path that the engine would open for anybody.
#pragma once

#include "engine/stack/compose/make_stack.h"
#include "helper/dbus/types.h"

#include <QDBusUnixFileDescriptor>

#include <memory>

namespace escale::gui {

class StackDelivery;

/// What has been opened of a stack. For one call: the descriptors go over its socket once.
struct OpenedStack {
    dbus::Stack stack;                       // with the digests of contents
    std::shared_ptr<StackDelivery> delivery; // of the descriptors
};

/// Without digests of contents and without any file being looked at.
dbus::Stack toBus(const compose::MadeStack& made);

/// Blocks on the disk: not on the GUI thread. A source of a bind mount that is missing is made when it may
/// be. The problem stands at the place in the Compose file that asks for what cannot be opened.
tl::expected<OpenedStack, compose::Problem> openStack(const compose::MadeStack& made);

/// Sends the descriptors, and the files of those contexts that the engine asks for, on threads of its own
/// that end with the engine's ends of the sockets. Thread-safe.
class StackDelivery {
public:
    StackDelivery(const StackDelivery&) = delete;
    StackDelivery& operator=(const StackDelivery&) = delete;
    ~StackDelivery();

    /// The engine's end for the argument "files". Once: from then on the descriptors are on their way.
    QDBusUnixFileDescriptor begin();

private:
    friend tl::expected<OpenedStack, compose::Problem> openStack(const compose::MadeStack&);
    struct Load;
    explicit StackDelivery(std::unique_ptr<Load> load);
    std::unique_ptr<Load> m_load;
};

} // namespace escale::gui
