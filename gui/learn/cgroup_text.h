// What the files of a cgroup mean, in a sentence a student understands: cgroups(7), the kernel's
// admin-guide/cgroup-v2.rst and cgroup-v1/*.rst.
#pragma once

#include <QString>
#include <QStringList>

namespace escale::gui {

struct CgroupFileText {
    QString meaning;  // a sentence; empty: nobody has described it here
    QString unit;     // of its numbers; empty: words, or none
    QString twin;     // what tells the same in the other version; empty: nothing does
    QString document; // where the kernel describes it
};
CgroupFileText cgroupFileText(const QString& controller, const QString& file, int version);
/// Every file that is described, of either version: for the tests.
QStringList describedCgroupFiles();

/// "Memory"; the controller's own name where there is no better word.
QString controllerTitle(const QString& controller);
/// What the controller watches over and what it does at its limit, in a few sentences.
QString controllerText(const QString& controller);
/// What a cgroup is, in HTML.
QString cgroupText();

} // namespace escale::gui
