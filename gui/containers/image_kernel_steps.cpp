#include "gui/containers/image_kernel_steps.h"

#include <QCoreApplication>
#include <QVariantMap>

namespace escale::gui {
namespace {

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

QString unpackStep() {
    return translate("KernelSteps",
                     "openat2(2), write(2), fchown(2): the files are unpacked; both SHA-256 are computed "
                     "meanwhile");
}

QString nameStep() {
    return translate("KernelSteps", "rename(2) of the layers into their place, syncfs(2) once: the image is "
                                    "there as a whole, or not at all");
}

QStringList pushSteps() {
    return {
        translate("KernelSteps",
                  "connect(2) and TLS to the registry, by a process without rights (user nobody); it is "
                  "asked for each layer first, and what it has is not sent"),
        translate("KernelSteps",
                  "read(2) of a layer's files by a process that sees nothing else (chroot(2), Landlock); "
                  "the tar is put together as it was, and its SHA-256 must be the same"),
        translate("KernelSteps",
                  "open(2) O_TMPFILE: the compressed layer waits in a file without a name, then write(2) to "
                  "the registry; the manifest is sent last")};
}

QStringList removeSteps() {
    return {translate("KernelSteps",
                      "unlink(2) and rmdir(2) of the layers, when no other image or container needs them")};
}

} // namespace

QStringList imageKernelSteps(const QString& method, const QVariantList& arguments) {
    if (method == u"Pull")
        return {
            translate("KernelSteps",
                      "connect(2) and TLS to the registry, by a process without rights (user nobody)"),
            translate("KernelSteps",
                      "pipe(2): each layer's bytes go to another process, whose root (chroot(2)) is the new "
                      "layer's folder"),
            unpackStep(), nameStep()};
    if (method == u"Push")
        return pushSteps();
    if (method == u"Remove" || method == u"Prune")
        return removeSteps();
    if (method == u"Tag")
        return {
            translate("KernelSteps", "nothing: a name is the engine's own; it is written to its database")};
    if (method == u"Save")
        return {translate("KernelSteps",
                          "sendmsg(2) SCM_RIGHTS: the file that this window has opened is handed over; the "
                          "engine opens no path of yours"),
                translate("KernelSteps",
                          "read(2) of each layer's files by a process that sees nothing else (chroot(2), "
                          "Landlock), write(2) of their tar into the file")};
    if (method == u"Load" || method == u"Import")
        return {translate("KernelSteps",
                          "sendmsg(2) SCM_RIGHTS: the file that this window has opened is handed over; the "
                          "engine opens no path of yours"),
                translate("KernelSteps", "read(2) by a process without rights (user nobody), which has that "
                                         "file and nothing else"),
                unpackStep(), nameStep()};
    if (method == u"Verify") {
        QStringList steps{
            translate("KernelSteps", "read(2) of every layer and document, SHA-256 of what was read")};
        if (!arguments.isEmpty() && arguments.last().toMap().value(QStringLiteral("mend")).toBool())
            steps.append(translate("KernelSteps",
                                   "a damaged layer is marked as missing: the next pull brings it again"));
        return steps;
    }
    return {};
}

} // namespace escale::gui
