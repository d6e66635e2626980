// Volumes for the GUI's tests: one of each kind.
#pragma once

#include "tests/gui/sample.h"

namespace escale::test {

inline dbus::Volume volume(const QString& name, const QString& kind = QStringLiteral("local")) {
    dbus::Volume made;
    made.name = name;
    made.driver = QStringLiteral("local");
    made.kind = kind;
    made.created = 1'767'225'600'000;
    return made;
}

/// web-data: counted, used by web that runs and by db that does not · old: counted, unused · photos: NFS,
/// unreachable, used by db · two anonymous ones: of db, and of nobody · scratch: in memory, unused.
inline dbus::VolumeList someVolumes() {
    const auto text = [](const char* words) { return QString::fromUtf8(words); };
    dbus::Volume web = volume(text("web-data"));
    web.size = 1'200'000'000;
    web.files = 3402;
    web.measured = 1'767'225'700'000;
    web.lastUsed = 1'767'225'800'000;
    web.labels = {{text("project"), text("shop")}};
    web.users = {{text("c-db"), text("db"), text("/srv"), false, true},
                 {text("c-web"), text("web"), text("/data"), true, false}};
    dbus::Volume old = volume(text("old"));
    old.size = 5'000'000;
    old.files = 12;
    old.measured = old.lastUsed = 1'767'225'700'000;
    dbus::Volume photos = volume(text("photos"), text("nfs"));
    photos.options = {{text("type"), text("nfs")},
                      {text("device"), text(":/export/photos")},
                      {text("o"), text("addr=nas.home,nfsvers=4.2,ro")}};
    photos.state = text("unreachable");
    photos.problem = text("The server nas.home does not answer.\nCheck that it is switched on.");
    photos.users = {{text("c-db"), text("db"), text("/photos"), false, false}};
    dbus::Volume mine = volume(text("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));
    mine.isAnonymous = true;
    mine.size = 7'000'000;
    mine.files = 3;
    mine.measured = 1'767'225'700'000;
    mine.users = {{text("c-db"), text("db"), text("/var/lib/db"), false, false}};
    dbus::Volume left = volume(text("fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"));
    left.isAnonymous = true;
    left.measured = 1'767'225'700'000;
    left.size = 3'000'000;
    left.files = 1;
    dbus::Volume scratch = volume(text("scratch"), text("tmpfs"));
    scratch.options = {{text("type"), text("tmpfs")}, {text("device"), text("tmpfs")}};
    return {web, old, photos, mine, left, scratch};
}

} // namespace escale::test
