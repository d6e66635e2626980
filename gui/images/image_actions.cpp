#include "gui/images/image_actions.h"

#include "engine/base/json.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/containers/action_notice.h"
#include "gui/images/image_archive.h"
#include "gui/images/image_repair.h"
#include "gui/images/images_model.h"
#include "gui/images/import_dialog.h"
#include "gui/images/prune_dialog.h"
#include "gui/images/push_dialog.h"
#include "gui/images/tag_dialog.h"
#include "gui/registry/registry_dialog.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>

#include <algorithm>

namespace escale::gui {

ImageActions::ImageActions(const Place& place)
    : QObject(place.pane)
    , m_at(place)
    , m_repair(new ImageRepair(place.client, place.accounts, place.error, place.notice, place.pane)) {
    const auto separate = [this] {
        auto* separator = new QAction(this);
        separator->setSeparator(true);
        m_order.append(separator);
    };
    add(Run, "run", tr("&Run…"), QKeySequence(Qt::CTRL | Qt::Key_R));
    m_actions[Run]->setIcon(icon(QStringLiteral("run"), QPalette::HighlightedText));
    add(Tag, "rename", tr("&Tag…"), QKeySequence(Qt::CTRL | Qt::Key_T));
    add(Push, "upload", tr("&Push…"), QKeySequence(Qt::CTRL | Qt::Key_P));
    add(Save, "save", tr("&Save as archive…"), QKeySequence(Qt::CTRL | Qt::Key_S));
    add(CopyReference, "copy", tr("Copy the &name with its digest"), {});
    add(CopyDigest, "copy", tr("&Copy digest"), QKeySequence::Copy);
    separate();
    add(Load, "folder", tr("&Load an archive…"), QKeySequence(Qt::CTRL | Qt::Key_O));
    add(Import, "download", tr("&Import a root file system…"), QKeySequence(Qt::CTRL | Qt::Key_I));
    separate();
    add(Usage, "images", tr("Disk &usage"), QKeySequence(Qt::CTRL | Qt::Key_U));
    m_actions[Usage]->setCheckable(true);
    add(Verify, "health", tr("&Verify all"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V));
    add(Prune, "clear", tr("Remove unused ima&ges…"), QKeySequence(Qt::CTRL | Qt::Key_Delete));
    separate();
    add(Remove, "trash", tr("Re&move…"), QKeySequence(Qt::Key_Delete));
    for (QAction* action : std::as_const(m_order)) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_at.pane->addAction(action);
    }
    connect(m_repair, &ImageRepair::begun, this, &ImageActions::begun);
    connect(m_repair, &ImageRepair::busyChanged, this,
            [this](bool busy) { m_actions[Verify]->setEnabled(!busy); });
    update();
}

void ImageActions::add(Kind kind, const char* iconName, const QString& text, const QKeySequence& key) {
    auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, this);
    action->setObjectName(QStringLiteral("images.action.%1").arg(static_cast<int>(kind)));
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, [this, kind] { trigger(kind); });
    m_actions[kind] = action;
    m_order.append(action);
}

void ImageActions::setSelection(const QStringList& ids) {
    m_selection = ids;
    update();
}

const dbus::Image* ImageActions::current() const {
    return m_selection.isEmpty() ? nullptr : m_at.model.find(m_selection.first());
}

void ImageActions::update() {
    for (const Kind kind : {Run, Tag, Push})
        m_actions[kind]->setEnabled(m_selection.size() == 1);
    for (const Kind kind : {Save, CopyReference, CopyDigest, Remove})
        m_actions[kind]->setEnabled(!m_selection.isEmpty());
    m_actions[Prune]->setEnabled(m_at.model.rowCount() > 0);
}

void ImageActions::trigger(Kind kind) {
    switch (kind) {
    case Run:
        return Q_EMIT runRequested();
    case Tag:
        return askTag();
    case Push:
        return askPush();
    case Save:
        return askSave();
    case CopyReference:
    case CopyDigest:
        return copy(kind == CopyDigest);
    case Remove:
        return confirmRemoval();
    case Load:
        return askLoad();
    case Import:
        return askImport({});
    case Verify:
        return m_repair->verify();
    case Usage:
        return Q_EMIT usageToggled(m_actions[Usage]->isChecked());
    default:
        return askPrune();
    }
}

void ImageActions::copy(bool digest) const {
    QStringList lines;
    for (const QString& id : m_selection) {
        if (const dbus::Image* image = m_at.model.find(id))
            lines.append(digest ? image->digest
                                : familiarName(image->repository) + QLatin1Char('@') + image->digest);
    }
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void ImageActions::askTag() {
    const dbus::Image* image = current();
    if (image == nullptr)
        return;
    auto* dialog = new TagDialog(m_at.client, *image, m_at.model.images(), m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ImageActions::askPush() {
    const dbus::Image* image = current();
    if (image == nullptr)
        return;
    auto* dialog = new PushDialog(m_at.client, m_at.accounts, *image, m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PushDialog::begun, this, &ImageActions::followPush);
    dialog->open();
}

void ImageActions::push(const PushRequest& request) {
    sendPush(m_at.client, m_at.accounts, request, this, [this, request](const Result<Job*>& job) {
        if (job)
            followPush(*job, request);
        else
            showPushError(job.error(), request);
    });
}

// "web:1 was pushed: 12.3 MB sent, 3 layers were there already."
QString ImageActions::pushedWords(const Job& job, const QString& target) {
    const auto result = Json::parse(job.status().result.toStdString());
    if (!result || !result->contains("bytes"))
        return tr("%1 was pushed.").arg(target);
    const auto there =
        static_cast<int>(result->at("present").toInteger() + result->at("mounted").toInteger());
    const QString sent = formatBytes(result->at("bytes").toUnsigned().value_or(0));
    return there == 0 ? tr("%1 was pushed: %2 sent.").arg(target, sent)
                      : tr("%1 was pushed: %2 sent, %n layer(s) were there already.", nullptr, there)
                            .arg(target, sent);
}

void ImageActions::followPush(Job* job, const PushRequest& request) {
    m_at.error.dismiss();
    follow(
        job, [this, job, request] { m_at.notice.showOutcome(pushedWords(*job, request.target)); },
        [this, request](const Error& error) { showPushError(error, request); });
}

void ImageActions::showPushError(const Error& error, const PushRequest& request) {
    const QString what = tr("Push %1").arg(request.target);
    if (error.code != ErrorCode::AuthenticationNeeded && error.code != ErrorCode::PermissionDenied)
        return m_at.error.show(error, what, tr("Try again"), [this, request] { push(request); });
    m_at.error.show(error, what, tr("Log in…"), [this, request] {
        auto* dialog = new RegistryDialog(m_at.accounts, request.registry, m_at.pane);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(dialog, &QDialog::accepted, this, [this, request] { push(request); });
        dialog->open();
    });
}

// The Docker CLI's and skopeo's archives, several images in one.
void ImageActions::askSave() {
    QStringList images;
    for (const QString& id : std::as_const(m_selection)) {
        if (m_at.model.find(id) != nullptr)
            images.append(id);
    }
    if (images.isEmpty())
        return;
    const QString title =
        images.size() == 1 ? tr("Save %1").arg(familiarName(images.first()))
                           : tr("Save %n image(s) in one archive", nullptr, static_cast<int>(images.size()));
    auto* dialog = new QFileDialog(m_at.pane->window(), title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Archives (*.tar)"), tr("All files (*)")});
    dialog->setDefaultSuffix(QStringLiteral("tar"));
    dialog->selectFile(archiveNameFor(images));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, images](const QString& file) { saveTo(images, file); });
    dialog->open();
}

void ImageActions::saveTo(const QStringList& images, const QString& file) {
    m_at.error.dismiss();
    auto* save = new ArchiveSave(m_at.client, file, this);
    connect(save, &ArchiveSave::begun, this, &ImageActions::begun);
    connect(save, &ArchiveSave::saved, this, [this, file] {
        m_at.notice.showOutcome(tr("%1 was written (%2).").arg(file, formatBytes(QFileInfo(file).size())));
    });
    connect(save, &ArchiveSave::failed, this, [this, images, file](const Error& error) {
        if (error.code != ErrorCode::Cancelled)
            m_at.error.show(error, tr("Save %1").arg(QFileInfo(file).fileName()), tr("Try again"),
                            [this, images, file] { saveTo(images, file); });
    });
    save->start(images, {});
}

void ImageActions::askLoad() {
    auto* dialog = new QFileDialog(m_at.pane->window(), tr("Load images from archives"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters(
        {tr("Archives (*.tar *.tar.gz *.tgz *.tar.xz *.tar.zst *.oci)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) { load(files); });
    dialog->open();
}

void ImageActions::load(const QStringList& files, const QVariantMap& options) {
    m_at.error.dismiss();
    for (const QString& file : files) {
        const auto input = openArchive(file);
        if (!input) {
            m_at.error.show(input.error(), tr("Load %1").arg(QFileInfo(file).fileName()));
            continue;
        }
        m_at.client.loadImages(*input, options, this, [this, file](const Result<Job*>& job) {
            if (!job)
                return showLoadError(job.error(), file);
            follow(
                *job, [this, job = *job, file] { tellLoaded(*job, file); },
                [this, file](const Error& error) { showLoadError(error, file); });
        });
    }
}

// What `docker export` has made is a root file system, which people take for an archive of images; and an OCI
// archive may hold an image that nobody has named.
void ImageActions::showLoadError(const Error& error, const QString& file) {
    const QString what = tr("Load %1").arg(QFileInfo(file).fileName());
    if (error.code == ErrorCode::InvalidArgument)
        return m_at.error.show(error, what, tr("Load under a name…"), [this, file] { askName(file); });
    if (error.code == ErrorCode::Untrusted && QFileInfo(file).isFile())
        return m_at.error.show(error, what, tr("Import it as a root file system…"),
                               [this, file] { askImport(file); });
    m_at.error.show(error, what);
}

void ImageActions::askName(const QString& file) {
    auto* dialog = new QInputDialog(m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("nameDialog"));
    dialog->setWindowTitle(tr("Load under a name"));
    dialog->setLabelText(tr("Name for images that have none in the archive"));
    dialog->setTextValue(nameForArchive(file).section(u':', 0, 0));
    dialog->setOkButtonText(tr("Load"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, file](const QString& name) {
        load({file}, {{QStringLiteral("name"), name.trimmed()}});
    });
    dialog->open();
}

void ImageActions::tellLoaded(const Job& job, const QString& file) {
    QStringList names;
    if (const auto result = Json::parse(job.status().result.toStdString())) {
        for (const Json& image : result->at("images").items())
            names.append(QString::fromStdString(image.toString()));
    }
    if (names.isEmpty())
        return m_at.notice.showOutcome(tr("%1 was loaded.").arg(QFileInfo(file).fileName()));
    QStringList shown;
    for (const QString& name : std::as_const(names))
        shown.append(familiarName(name));
    m_at.notice.showOutcome(tr("Loaded: %1", "names of images").arg(shown.join(QStringLiteral(", "))));
    Q_EMIT selectRequested(names.first());
}

void ImageActions::askImport(const QString& file) {
    auto* dialog = new ImportDialog(m_at.client, file, m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ImportDialog::begun, this, [this](Job* job, const QString& reference) {
        m_at.error.dismiss();
        follow(
            job,
            [this, reference] {
                m_at.notice.showOutcome(tr("%1 was made.").arg(reference));
                const auto [repository, tag] = fullImageName(reference);
                Q_EMIT selectRequested(repository + QLatin1Char(':') + tag);
            },
            [this, reference](const Error& error) {
                m_at.error.show(error, tr("Import %1").arg(reference));
            });
    });
    dialog->open();
}

void ImageActions::askPrune() {
    auto* dialog = new PruneDialog(m_at.client, m_at.model.images(), m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PruneDialog::pruned, this, [this](const PrunedImages& pruned) {
        m_at.error.dismiss();
        m_at.notice.showOutcome(
            tr("%n name(s) of images removed, %1 freed.", nullptr, static_cast<int>(pruned.names.size()))
                .arg(formatBytes(pruned.freed)));
    });
    dialog->open();
}

// An image with another name only loses this one.
void ImageActions::confirmRemoval() {
    QList<BulkTarget> targets;
    for (const QString& id : std::as_const(m_selection))
        targets.append({id, familiarName(id)});
    if (targets.isEmpty())
        return;
    QSet<QString> lost;
    for (const QString& id : std::as_const(m_selection)) {
        if (const dbus::Image* image = m_at.model.find(id))
            lost.insert(image->digest);
    }
    for (const dbus::Image& image : m_at.model.images()) {
        if (!m_selection.contains(ImagesModel::idOf(image)))
            lost.remove(image.digest);
    }
    const int count = static_cast<int>(targets.size());
    QString question;
    if (count == 1)
        question = lost.isEmpty()
                       ? tr("Take the name “%1” off its image? The image keeps its other names.")
                             .arg(targets.first().name)
                       : tr("Remove the image “%1”? It can be pulled again.").arg(targets.first().name);
    else
        question = tr("Remove %n name(s) of images?", nullptr, count) + QLatin1Char(' ') +
                   tr("%n image(s) go with them.", nullptr, static_cast<int>(lost.size()));
    m_at.confirmation.ask(question, count == 1 && lost.isEmpty() ? tr("Untag") : tr("Remove"),
                          [this, targets] { remove(targets); });
}

void ImageActions::remove(const QList<BulkTarget>& targets) {
    const auto act = [this](const BulkTarget& target, QObject* guard, const Answer<>& answer) {
        const dbus::Image* image = m_at.model.find(target.id);
        if (image == nullptr)
            return answer({}); // somebody else was faster
        // An image without a tag is known to the engine by its digest.
        m_at.client.removeImage(image->repository, image->tag.isEmpty() ? image->digest : image->tag, guard,
                                answer);
    };
    BulkAction::run(targets, this, act, [this, targets](const BulkOutcome& outcome) {
        if (outcome.failures.isEmpty())
            return m_at.error.dismiss();
        const QString what =
            outcome.asked == 1
                ? tr("Remove %1").arg(targets.first().name)
                : tr("%1 of %2 could not be removed").arg(outcome.failures.size()).arg(outcome.asked);
        const auto failed = std::find_if(targets.begin(), targets.end(), [&](const BulkTarget& target) {
            return target.name == outcome.failures.first().name;
        });
        if (outcome.failures.first().error.code != ErrorCode::InUse || failed == targets.end())
            return m_at.error.show(outcome.error(), what);
        m_at.error.show(outcome.error(), what, tr("Show who uses it"),
                        [this, id = failed->id] { Q_EMIT usersRequested(id); });
    });
}

void ImageActions::follow(Job* job, std::function<void()> done, std::function<void(const Error&)> failed) {
    Q_EMIT begun(job);
    const auto end = [job, done = std::move(done), failed = std::move(failed)] {
        if (job->isDone())
            done();
        else if (!job->isCancelled())
            failed(job->error());
    };
    if (!job->isRunning())
        return end();
    connect(job, &Job::ended, this, end);
}

} // namespace escale::gui
