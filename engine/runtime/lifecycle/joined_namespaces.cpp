#include "engine/runtime/lifecycle/joined_namespaces.h"

#include "engine/base/file.h"
#include "engine/base/making.h"
#include "engine/runtime/lifecycle/time_namespace.h"
#include "engine/runtime/lifecycle/user_entry.h"

#include <fcntl.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

namespace escale {
namespace {

// setns(2) itself says no more than EINVAL.
Result<void> checkKind(int file, const spec::Namespace& wanted) {
    const int kind = ::ioctl(file, NS_GET_NSTYPE);
    if (kind == wanted.flag)
        return {};
    if (kind < 0)
        return fail(ErrorCode::InvalidArgument, "linux.namespaces: " + wanted.path + " is no namespace");
    return fail(ErrorCode::InvalidArgument, "linux.namespaces: " + wanted.path + " is no " + wanted.type +
                                                " namespace but one of another kind");
}

bool isSame(int one, int other) {
    struct stat first {};
    struct stat second {};
    return ::fstat(one, &first) == 0 && ::fstat(other, &second) == 0 && first.st_ino == second.st_ino &&
           first.st_dev == second.st_dev;
}

// A sysctl is written in the namespace that is entered. That may be ours by another name.
Result<void> refuseOurs(int own, int other, const spec::Namespace& wanted, const spec::Spec& spec) {
    if (spec.sysctl.empty() || !isSame(own, other))
        return {};
    return fail(ErrorCode::InvalidArgument, "linux.sysctl: " + wanted.path + " is the host's own " +
                                                wanted.type + " namespace: the host would change");
}

std::string ownFile(const spec::Namespace& wanted) {
    return "/proc/self/ns/" + (wanted.type == "network" ? std::string("net")
                               : wanted.type == "pid"   ? std::string("pid_for_children")
                               : wanted.type == "mount" ? std::string("mnt")
                                                        : wanted.type);
}

} // namespace

Result<JoinedNamespaces> JoinedNamespaces::open(spec::Spec& spec) {
    JoinedNamespaces joined;
    for (const auto& wanted : spec.namespaces) {
        if (wanted.path.empty())
            continue;
        TRY_ASSIGN(const auto own, openFile(ownFile(wanted), O_RDONLY));
        TRY_ASSIGN(auto other, openFile(wanted.path, O_RDONLY));
        TRY(checkKind(other.get(), wanted));
        TRY(refuseOurs(own.get(), other.get(), wanted, spec));
        joined.m_all.push_back({wanted, std::move(other)});
    }
    if (const int user = joined.file(CLONE_NEWUSER); user >= 0) {
        TRY(readMappings(user, spec));
        TRY(spec::validate(spec)); // users and groups once more, by the mappings that hold
    }
    return joined;
}

int JoinedNamespaces::file(int flag) const {
    for (const auto& one : m_all) {
        if (one.wanted.flag == flag)
            return one.other.get();
    }
    return -1;
}

Result<void> JoinedNamespaces::Visit::enter(const JoinedNamespaces& joined) {
    const bool throughEntry = joined.file(CLONE_NEWUSER) >= 0;
    for (const auto& one : joined.m_all) {
        const int flag = one.wanted.flag;
        // From inside a cgroup namespace nobody is cloned into a cgroup that lies outside: the child enters
        // it.
        if (flag == CLONE_NEWUSER || flag == CLONE_NEWCGROUP || (flag == CLONE_NEWPID && throughEntry))
            continue;
        MadeNow step;
        TRY_ASSIGN(auto own, openFile(ownFile(one.wanted), O_RDONLY));
        if (enterNamespace(one.other.get(), flag) != 0)
            return failErrno("cannot enter the " + one.wanted.type + " namespace " + one.wanted.path);
        step.done("namespace-join", {{"type", one.wanted.type}, {"path", one.wanted.path}});
        m_own.emplace_back(std::move(own), flag);
    }
    return {};
}

JoinedNamespaces::Visit::~Visit() {
    for (const auto& [file, flag] : m_own)
        enterNamespace(file.get(), flag);
}

} // namespace escale
