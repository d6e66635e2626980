#include "gui/containers/run_pages.h"

#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/containers/env_file.h"
#include "gui/containers/option_editor.h"
#include "gui/containers/option_field.h"
#include "gui/containers/option_text.h"
#include "gui/containers/row_list.h"
#include "gui/containers/run_form.h"
#include "gui/containers/shell_words.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace escale::gui {
namespace {

constexpr int kOfferedPorts = 6; // more do not fit the row
constexpr int kOfferedVolumes = 4;
constexpr int kSourceColumn = 1; // of a mount's row
constexpr int kFirstFreePort = 1024;

class RunPages {
    Q_DECLARE_TR_FUNCTIONS(RunPages)
public:
    RunPages(RunForm& form, QWidget* parent)
        : m_form(form)
        , m_parent(parent) {}

    OptionPage* simple(ErrorBanner& errors) {
        OptionPage* page = start(tr("&Simple"));
        page->halves({"image", "name"});
        page->wide("command");
        page->wide("publish");
        addEnvironment(*page, errors);
        page->halves({"memory", "cpus"});
        page->wide("remove");
        return page;
    }

    OptionPage* command() {
        OptionPage* page = start(tr("&Command"));
        page->wide("entrypoint");
        page->halves({"workdir", "user"});
        page->wide("groups");
        page->section(tr("Terminal"));
        page->halves({"stdin", "tty", "stdin-once"});
        page->section(tr("End"));
        page->halves({"stop-signal", "stop-timeout"});
        page->wide("init");
        return page;
    }

    OptionPage* volumes() {
        OptionPage* page = start(tr("&Volumes && mounts"));
        page->wide("mounts");
        page->wide("tmpfs");
        page->wide("volumes-from");
        page->section(tr("Secrets"));
        page->wide("secrets");
        return page;
    }

    OptionPage* network() {
        OptionPage* page = start(tr("&Network"));
        page->wide("network");
        page->wide("network-alias");
        page->halves({"ip", "ip6", "mac-address"});
        page->wide("networks");
        page->section(tr("Its own name"));
        page->halves({"hostname", "domainname"});
        page->section(tr("Names it looks up"));
        page->halves({"dns", "dns-search", "extra-hosts", "dns-options"});
        return page;
    }

    OptionPage* limits() {
        OptionPage* page = start(tr("&Limits"));
        page->section(tr("Memory"));
        page->halves({"memory-swap", "memory-reservation", "memory-swappiness", "oom-score-adj", "shm-size"});
        page->wide("oom-kill-disable");
        page->section(tr("CPU"));
        page->halves({"cpu-shares", "cpuset-cpus", "cpu-quota", "cpu-period", "cpuset-mems"});
        page->section(tr("Processes"));
        page->halves({"pids"});
        page->wide("ulimits");
        page->section(tr("Kernel"));
        page->wide("sysctls");
        return page;
    }

    OptionPage* restart() {
        OptionPage* page = start(tr("Restart && &health"));
        page->section(tr("Restart"));
        page->halves({"restart", "restart-max"});
        page->section(tr("Health"));
        page->wide("health-command");
        page->halves({"health-interval", "health-timeout", "health-start-period", "health-start-interval",
                      "health-retries"});
        return page;
    }

    OptionPage* security() {
        OptionPage* page = start(tr("S&ecurity"));
        page->section(tr("Files"));
        page->wide("read-only");
        page->section(tr("Rights"));
        page->wide("no-new-privileges");
        page->halves({"cap-add", "cap-drop", "seccomp", "apparmor", "systempaths"});
        page->section(tr("What it shares"));
        page->halves({"ipc", "pid", "uts", "userns", "cgroupns"});
        page->section(tr("No protection"));
        page->wide("privileged")
            ->setWarning(tr("What runs inside can take over this computer. Do this for programs that you "
                            "trust as you trust an administrator."));
        return page;
    }

    OptionPage* devices() {
        OptionPage* page = start(tr("&Devices"));
        page->wide("devices");
        page->wide("device-cgroup-rules");
        page->section(tr("Disks"));
        page->halves({"blkio-weight"});
        page->wide("blkio-weight-device");
        page->halves({"device-read-bps", "device-write-bps", "device-read-iops", "device-write-iops"});
        return page;
    }

    OptionPage* labels() {
        OptionPage* page = start(tr("La&bels && log"));
        page->wide("labels");
        page->wide("annotations");
        page->section(tr("Log"));
        page->halves({"log-driver"});
        page->wide("log-options");
        return page;
    }

private:
    OptionPage* start(const QString& title) { return new OptionPage(m_form, title, m_parent); }

    static void addEnvironment(OptionPage& page, ErrorBanner& errors) {
        OptionField* field = page.wide("environment");
        auto& rows = static_cast<RowList&>(field->editor());
        QPushButton* import =
            rows.addButton(tr("Import a file…"), QStringLiteral("runForm.importEnvironment"));
        import->setToolTip(QStringLiteral("--env-file"));
        QObject::connect(import, &QPushButton::clicked, field, [field, &errors] {
            auto* dialog = new QFileDialog(field, tr("Choose a file of variables"));
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setFileMode(QFileDialog::ExistingFile);
            QObject::connect(dialog, &QFileDialog::fileSelected, field,
                             [field, &errors](const QString& path) {
                                 errors.dismiss();
                                 if (const auto imported = importEnvFile(*field, path); !imported)
                                     errors.show(imported.error(), tr("Import variables"));
                             });
            dialog->open();
        });
    }

    RunForm& m_form;
    QWidget* m_parent;
};

} // namespace

OptionPage::OptionPage(RunForm& form, const QString& title, QWidget* parent)
    : QScrollArea(parent)
    , m_form(form)
    , m_title(title)
    , m_content(new QWidget(this))
    , m_grid(new QGridLayout(m_content)) {
    m_content->setProperty("role", "clear");
    m_grid->setContentsMargins(20, 16, 20, 16);
    m_grid->setHorizontalSpacing(24);
    m_grid->setVerticalSpacing(14);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, 1);
    setWidget(m_content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
}

void OptionPage::section(const QString& text) {
    m_grid->addWidget(label(text, "heading", m_content), m_row, 0, 1, 2);
    m_grid->setRowStretch(m_row++, 0);
}

OptionField* OptionPage::wide(const char* key) {
    OptionField* field = m_form.makeField(QString::fromLatin1(key), m_content);
    m_grid->addWidget(field, m_row++, 0, 1, 2);
    m_grid->setRowStretch(m_row - 1, 0);
    m_grid->setRowStretch(m_row, 1); // what is left stays below the last row
    return field;
}

void OptionPage::halves(std::initializer_list<const char*> keys) {
    int column = 0;
    for (const char* key : keys) {
        m_grid->addWidget(m_form.makeField(QString::fromLatin1(key), m_content), m_row, column);
        m_grid->setRowStretch(m_row, 0);
        m_row += column;
        column = 1 - column;
    }
    m_row += column;
    m_grid->setRowStretch(m_row, 1);
}

QList<OptionPage*> makeRunPages(RunForm& form, ErrorBanner& errors, QWidget* parent) {
    RunPages pages(form, parent);
    // One after the other: fields are asked in this order.
    QList<OptionPage*> all;
    all << pages.simple(errors);
    all << pages.command();
    all << pages.volumes();
    all << pages.network();
    all << pages.limits();
    all << pages.restart();
    all << pages.security();
    all << pages.devices();
    all << pages.labels();
    return all;
}

void showImage(RunForm& form, const dbus::Image* image) {
    OptionField* command = form.field(QStringLiteral("command"));
    command->setPlaceholder(image == nullptr || image->command.isEmpty()
                                ? optionText(QStringLiteral("command")).placeholder
                                : joinWords(image->command));
    QList<RowOffer> offers;
    for (const QString& port : image == nullptr ? QStringList() : image->exposedPorts.mid(0, kOfferedPorts)) {
        const int inside = port.section(u'/', 0, 0).toInt();
        const QString protocol = port.section(u'/', 1);
        // Ports below 1024 take an administrator's consent.
        const int outside = inside < kFirstFreePort ? inside + 8000 : inside;
        offers.append({port,
                       RunPages::tr("Publish port %1").arg(port),
                       {QStringLiteral("127.0.0.1"), QString::number(outside), QString::number(inside),
                        protocol.isEmpty() ? QStringLiteral("tcp") : protocol}});
    }
    auto& rows = static_cast<RowList&>(form.field(QStringLiteral("publish"))->editor());
    rows.setOffers(RunPages::tr("The image listens on"), offers);
    form.field(QStringLiteral("image"))
        ->setWarning(image == nullptr ? RunPages::tr("It is not on this machine yet: pull it first.")
                                      : QString());
}

void offerNetworks(RunForm& form, const dbus::NetworkList& networks) {
    auto& choice = static_cast<ChoiceEditor&>(form.field(QStringLiteral("network"))->editor());
    for (const dbus::Network& network : networks) {
        if (!network.isDefault)
            choice.offer(network.name, RunPages::tr("%1: %2, with names").arg(network.name, network.driver));
    }
}

void offerVolumes(RunForm& form, const dbus::VolumeList& volumes) {
    QStringList names;
    for (const dbus::Volume& volume : volumes) {
        if (!volume.isAnonymous)
            names.append(volume.name);
    }
    auto& rows = static_cast<RowList&>(form.field(QStringLiteral("mounts"))->editor());
    rows.setCompletions(kSourceColumn, names);
    QList<RowOffer> offers;
    for (const QString& name : names.mid(0, kOfferedVolumes))
        offers.append({name,
                       RunPages::tr("Mount the volume %1").arg(name),
                       {QStringLiteral("volume"), name, {}, QStringLiteral("rw"), {}}});
    rows.setOffers(RunPages::tr("Your volumes"), offers);
}

Result<> importEnvFile(OptionField& environment, const QString& path) {
    TRY_ASSIGN(const QStringList lines, readEnvFile(path));
    QStringList all = environment.texts();
    for (const QString& line : lines) {
        const QString name = line.section(u'=', 0, 0);
        all.removeIf([&name](const QString& other) { return other.section(u'=', 0, 0) == name; });
        all.append(line);
    }
    environment.setTexts(all);
    return {};
}

} // namespace escale::gui
