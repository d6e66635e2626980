// The one gate before all handlers. It denies by default: a method that its table lacks, a signature other
// than the XML's and an option that is not listed never reach a handler.
#pragma once

#include "engine/base/result.h"

#include <QDBusMessage>
#include <QHash>
#include <QVariantMap>

#include <cstdint>
#include <span>

namespace escale {

/// What polkit is asked for; a later one includes the earlier.
enum class Action : std::uint8_t {
    Open,           // nothing is asked: introspection and ping tell nothing about anybody
    Observe,        // org.escale.engine.observe
    Manage,         // org.escale.engine.manage
    Privileged,     // org.escale.engine.privileged
    PrivilegedOnce, // org.escale.engine.privileged-once: in its place, for who has asked for that
                    // (AskEachTime)
};
/// The polkit action's id; empty for Open.
QString actionId(Action action);

struct OptionRule {
    const char* key;
    const char* signature;
    Action action = Action::Observe; // the call needs at least this when the option is there
    /// Whether this value needs the action; null: every value does.
    bool (*needs)(const QVariant& value) = nullptr;
};

/// What a method does with the stack that is its first argument: which of the stack's parts say what action
/// it needs. All of them are checked in any case.
enum class StackUse : std::uint8_t {
    None,  // there is none
    Look,  // makes nothing
    Build, // images
    Make,  // all of it
};

struct MethodRule {
    const char* interface;
    const char* member;
    Action action;
    std::span<const OptionRule> options = {}; // of the a{sv} that is the last argument
    StackUse stack = StackUse::None;
};

/// The table: the only place where a method gets its action. See "add a D-Bus method" in CONTRIBUTING.md.
std::span<const MethodRule> methodRules();

class Gate {
public:
    struct Admitted {
        Action action = Action::Privileged;
        QVariantList arguments; // without the options
        QVariantMap options;    // known keys of the right types
    };

    /// Takes the signatures from the interface XML.
    Gate();
    /// NotFound: no such method in the table or the XML; InvalidArgument: wrong signature, unknown or
    /// mistyped option.
    [[nodiscard]] Result<Admitted> admit(const QString& interface, const QString& member,
                                         const QString& signature, const QVariantList& arguments) const;

private:
    struct Method {
        const MethodRule* rule = nullptr;
        QString signature;
    };
    QHash<QString, Method> m_methods; // "interface.member"
};

} // namespace escale
