#include "gui/networks/create_network_dialog.h"

#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/noted_field.h"
#include "gui/networks/address_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QStandardItemModel>

#include <algorithm>

namespace escale::gui {

static constexpr int kPause = 250; // milliseconds without a key before the engine is asked
static constexpr int kMostMtu = 65535;
static constexpr int kMostVlan = 4094;
static constexpr QSize kSize(600, 0);

static void setItemEnabled(QComboBox* box, int index, const QString& why) {
    auto* item = static_cast<QStandardItemModel*>(box->model())->item(index);
    item->setEnabled(why.isEmpty());
    item->setToolTip(why);
}

CreateNetworkDialog::CreateNetworkDialog(EngineClient& client, QWidget* parent)
    : ActionDialog(QStringLiteral("createNetworkDialog"), tr("New network"), tr("Create"), parent)
    , m_client(client)
    , m_driver(new QComboBox(this))
    , m_parent(new QComboBox(this))
    , m_mode(new QComboBox(this))
    , m_vlan(new QSpinBox(this)) {
    resize(kSize);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &CreateNetworkDialog::askCheck);
    buildFields();
    buildSwitches();
    fillModes();
    showRows();
    check();
    m_client.networkDrivers(this, [this](const Result<dbus::NetworkDrivers>& told) { takeDrivers(told); });
    m_client.hostInterfaces(this, [this](const Result<dbus::HostInterfaces>& told) { takeInterfaces(told); });
    askCheck();
}

template <class Field>
Field* CreateNetworkDialog::addRow(Row row, const QString& title, const char* name, Field* field) {
    const QString objectName = QStringLiteral("createNetworkDialog.") + QLatin1String(name);
    m_rows[row] = new NotedField(field, objectName, QString(title).remove(u'&'), this);
    m_titles[row] = addField(title, m_rows[row], QLatin1String(name) + QStringLiteral("Row"));
    return field;
}

void CreateNetworkDialog::buildFields() {
    m_driver->addItem(tr("bridge: a switch inside this machine"), QStringLiteral("bridge"));
    m_driver->addItem(tr("macvlan: MAC addresses of their own on the local network"),
                      QStringLiteral("macvlan"));
    m_driver->addItem(tr("ipvlan: addresses on the local network, one MAC address"),
                      QStringLiteral("ipvlan"));
    for (QComboBox* box : {m_driver, m_parent, m_mode}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(16);
    }
    m_vlan->setRange(0, kMostVlan);
    m_vlan->setSpecialValueText(tr("none"));
    const auto line = [this] { return new QLineEdit(this); };
    addRow(Name, tr("&Name"), "name", line())->setPlaceholderText(tr("for example backend"));
    addRow(Driver, tr("&Driver"), "driver", m_driver);
    addRow(Parent, tr("&Parent interface"), "parent", m_parent);
    addRow(Vlan, tr("&VLAN"), "vlan", m_vlan);
    addRow(Mode, tr("&Mode"), "mode", m_mode);
    addRow(Subnet, tr("&Subnet"), "subnet", line());
    addRow(Range, tr("&Range"), "range", line());
    addRow(Gateway, tr("&Gateway"), "gateway", line());
    m_rows[Range]->setAdvice(tr("Addresses are chosen from it; others of the subnet can be given by hand."));
    connect(m_driver, &QComboBox::currentIndexChanged, this, [this] {
        fillModes();
        showRows();
        edited();
    });
    for (QComboBox* box : {m_parent, m_mode})
        connect(box, &QComboBox::currentIndexChanged, this, &CreateNetworkDialog::edited);
    connect(m_vlan, &QSpinBox::valueChanged, this, &CreateNetworkDialog::edited);
}

void CreateNetworkDialog::buildSwitches() {
    const auto tick = [this](const QString& words, bool on) {
        auto* box = new QCheckBox(words, this);
        box->setChecked(on);
        connect(box, &QCheckBox::toggled, this, [this] {
            showRows();
            edited();
        });
        return box;
    };
    addRow(Ipv6, tr("&IPv6"), "ipv6", tick(tr("IPv6 addresses beside IPv4"), false));
    addRow(Subnet6, tr("IPv&6 subnet"), "subnet6", new QLineEdit(this));
    addRow(Gateway6, tr("IPv6 g&ateway"), "gateway6", new QLineEdit(this));
    addRow(Internal, tr("Wa&y out"), "internal", tick(tr("Internal: no way out of this machine"), false));
    addRow(Icc, tr("&Between them"), "icc", tick(tr("Its containers reach each other"), true));
    addRow(Masquerade, tr("Mas&querade"), "masquerade",
           tick(tr("Packets leave with this machine's address"), true));
    auto* mtu = new QSpinBox(this);
    mtu->setRange(0, kMostMtu);
    mtu->setSpecialValueText(tr("as this machine's"));
    mtu->setSuffix(tr(" bytes"));
    addRow(Mtu, tr("M&TU"), "mtu", mtu);
    addRow(Labels, tr("&Labels"), "labels", new QLineEdit(this))
        ->setPlaceholderText(tr("name=value, another=value"));
    connect(mtu, &QSpinBox::valueChanged, this, &CreateNetworkDialog::edited);
    for (NotedField* row : m_rows) {
        if (auto* field = qobject_cast<QLineEdit*>(row->field()))
            connect(field, &QLineEdit::textChanged, this, &CreateNetworkDialog::edited);
    }
}

void CreateNetworkDialog::fillModes() {
    const QSignalBlocker quiet(m_mode);
    m_mode->clear();
    if (driver() == u"macvlan") {
        m_mode->addItem(tr("bridge: they reach each other"), QStringLiteral("bridge"));
        m_mode->addItem(tr("private: they do not reach each other"), QStringLiteral("private"));
        m_mode->addItem(tr("vepa: through the switch outside"), QStringLiteral("vepa"));
        m_mode->addItem(tr("passthru: one container has the interface"), QStringLiteral("passthru"));
    } else if (driver() == u"ipvlan") {
        m_mode->addItem(tr("l2: as on a switch"), QStringLiteral("l2"));
        m_mode->addItem(tr("l3: routed, no broadcasts"), QStringLiteral("l3"));
        m_mode->addItem(tr("l3s: routed, through this machine's firewall"), QStringLiteral("l3s"));
    }
}

// What the driver knows nothing of is not asked for.
void CreateNetworkDialog::showRows() {
    const bool isBridge = driver() == u"bridge";
    const auto show = [this](Row row, bool shown) {
        m_rows[row]->setVisible(shown);
        m_titles[row]->setVisible(shown);
    };
    for (const Row row : {Parent, Vlan, Mode})
        show(row, !isBridge);
    for (const Row row : {Icc, Masquerade})
        show(row, isBridge);
    for (const Row row : {Subnet6, Gateway6})
        show(row, isChecked(Ipv6));
    m_rows[Masquerade]->field()->setEnabled(!isChecked(Internal));
    m_rows[Driver]->setAdvice(isBridge ? QString()
                                       : tr("Containers stand on the local network itself: an "
                                            "administrator is asked. This machine and they do not reach "
                                            "each other, by the kernel's rule."));
}

QString CreateNetworkDialog::driver() const {
    return m_driver->currentData().toString();
}

QString CreateNetworkDialog::name() const {
    return text(Name);
}

QString CreateNetworkDialog::text(Row row) const {
    return static_cast<QLineEdit*>(m_rows[row]->field())->text().trimmed();
}

bool CreateNetworkDialog::isChecked(Row row) const {
    return static_cast<QCheckBox*>(m_rows[row]->field())->isChecked();
}

QString CreateNetworkDialog::parentInterface() const {
    const QString name = m_parent->currentData().toString();
    return m_vlan->value() == 0 || name.isEmpty() ? name
                                                  : QStringLiteral("%1.%2").arg(name).arg(m_vlan->value());
}

QVariantMap CreateNetworkDialog::options() const {
    QVariantMap options{{QStringLiteral("driver"), driver()}};
    const auto addresses = [&](const char* key, std::initializer_list<Row> rows) {
        QStringList given;
        for (const Row row : rows) {
            if (m_rows[row]->isVisibleTo(this) && !text(row).isEmpty() && misspelling(row).isEmpty())
                given.append(text(row));
        }
        if (!given.isEmpty())
            options.insert(QLatin1String(key), given);
    };
    addresses("subnet", {Subnet, Subnet6});
    addresses("ip-range", {Range});
    addresses("gateway", {Gateway, Gateway6});
    if (isChecked(Ipv6))
        options.insert(QStringLiteral("ipv6"), true);
    if (isChecked(Internal))
        options.insert(QStringLiteral("internal"), true);
    if (driver() == u"bridge") {
        if (!isChecked(Icc))
            options.insert(QStringLiteral("icc"), false);
        if (!isChecked(Masquerade) && !isChecked(Internal))
            options.insert(QStringLiteral("masquerade"), false);
    } else {
        options.insert(QStringLiteral("parent"), parentInterface());
        options.insert(QStringLiteral("mode"), m_mode->currentData().toString());
    }
    if (const int mtu = static_cast<QSpinBox*>(m_rows[Mtu]->field())->value(); mtu > 0)
        options.insert(QStringLiteral("mtu"), static_cast<uint>(mtu));
    dbus::TextMap labels;
    for (const QString& pair : text(Labels).split(u',', Qt::SkipEmptyParts))
        labels.insert(pair.section(u'=', 0, 0).trimmed(), pair.section(u'=', 1).trimmed());
    if (!labels.isEmpty())
        options.insert(QStringLiteral("labels"), QVariant::fromValue(labels));
    return options;
}

void CreateNetworkDialog::takeDrivers(const Result<dbus::NetworkDrivers>& drivers) {
    if (!drivers)
        return showError(drivers.error(), tr("Ask which drivers there are"));
    QMap<QString, QString> lacks;
    for (const dbus::NetworkDriver& one : *drivers)
        lacks.insert(one.name, one.lacks);
    const QString unknown = tr("the engine does not have it");
    for (int index = 0; index < m_driver->count(); ++index) {
        const QString name = m_driver->itemData(index).toString(), why = lacks.value(name, unknown);
        setItemEnabled(m_driver, index, why);
        if (!why.isEmpty())
            m_driver->setItemText(index, name + QStringLiteral(": ") + why);
    }
    const QString noVlan = lacks.value(QStringLiteral("vlan"), unknown);
    m_vlan->setEnabled(noVlan.isEmpty());
    m_rows[Vlan]->setAdvice(noVlan);
}

void CreateNetworkDialog::takeInterfaces(const Result<dbus::HostInterfaces>& interfaces) {
    if (!interfaces)
        return showError(interfaces.error(), tr("Ask which interfaces there are"));
    const QSignalBlocker quiet(m_parent);
    m_parent->clear();
    int firstFit = -1;
    for (const dbus::HostInterface& one : *interfaces) {
        if (one.kind == u"veth") // ends of containers
            continue;
        const int index = m_parent->count();
        QString words = one.name;
        if (!one.unfit.isEmpty())
            words += QStringLiteral(": ") + one.unfit;
        else if (!one.addresses.isEmpty())
            words += QStringLiteral(" · ") + one.addresses.first();
        m_parent->addItem(words, one.name);
        if (!one.unfit.isEmpty())
            setItemEnabled(m_parent, index, one.unfit);
        else if (firstFit < 0)
            firstFit = index;
    }
    m_parent->setCurrentIndex(firstFit);
    if (firstFit < 0)
        m_rows[Parent]->setAdvice(tr("This machine has no interface that could be the parent."));
    if (driver() != u"bridge")
        edited();
}

QString CreateNetworkDialog::problem() const {
    if (name().isEmpty())
        return tr("Write a name.");
    for (int row = 0; row < RowCount; ++row) {
        if (m_rows[row] != nullptr && !m_rows[row]->problem().isEmpty())
            return tr("Not yet: %1").arg(QString(m_titles[row]->text()).remove(u'&'));
    }
    return {};
}

// What is half written is no address: it is said here, and the engine is not asked about it.
QString CreateNetworkDialog::misspelling(Row row) const {
    switch (row) {
    case Subnet:
    case Range:
        return subnetProblem(text(row), false);
    case Gateway:
        return addressProblem(text(row), false);
    case Subnet6:
        return subnetProblem(text(row), true);
    case Gateway6:
        return addressProblem(text(row), true);
    default:
        return {};
    }
}

void CreateNetworkDialog::edited() {
    check();
    m_pause.start();
}

void CreateNetworkDialog::askCheck() {
    const quint64 number = ++m_asked;
    // A subnet is offered before there is a name.
    const QString asked = name().isEmpty() ? QStringLiteral("new-network") : name();
    m_client.checkNetwork(asked, options(), this, [this, number](const Result<NetworkCheck>& told) {
        if (number != m_asked) // something else is written by now
            return;
        if (told)
            return take(*told);
        showError(told.error(), tr("Check the network"));
    });
}

// The engine knows one option for both families.
CreateNetworkDialog::Row CreateNetworkDialog::rowOf(const dbus::NetworkProblem& problem) const {
    const auto ofFamily = [&](Row four, Row six) {
        const QString other = m_rows[six]->isVisibleTo(this) ? text(six) : QString();
        const bool isSix = !other.isEmpty() && (text(four).isEmpty() || problem.what.contains(other));
        return isSix ? six : four;
    };
    static const std::pair<const char*, Row> kRows[] = {
        {"name", Name},         {"driver", Driver},  {"parent", Parent},
        {"mode", Mode},         {"ip-range", Range}, {"ipv6", Ipv6},
        {"internal", Internal}, {"icc", Icc},        {"masquerade", Masquerade},
        {"mtu", Mtu},           {"labels", Labels}};
    if (problem.option == u"subnet")
        return ofFamily(Subnet, Subnet6);
    if (problem.option == u"gateway")
        return ofFamily(Gateway, Gateway6);
    for (const auto& [option, row] : kRows) {
        if (problem.option == QLatin1String(option))
            return row;
    }
    return Name;
}

// The engine's words go on behind a colon elsewhere; here they stand alone.
static QString sentences(const dbus::NetworkProblem& problem) {
    QString what = problem.what;
    const QString first = what.section(u' ', 0, 0); // an address stays as it is
    if (!first.isEmpty() && std::all_of(first.begin(), first.end(), [](QChar c) { return c.isLetter(); }))
        what[0] = what[0].toUpper();
    if (!what.isEmpty() && !what.endsWith(u'.'))
        what += u'.';
    return problem.hint.isEmpty() ? what : what + u' ' + problem.hint;
}

void CreateNetworkDialog::take(const NetworkCheck& told) {
    QString problems[RowCount];
    for (const dbus::NetworkProblem& problem : told.problems) {
        const Row row = rowOf(problem);
        // Nobody is told off for a name not written yet.
        if (row == Name && name().isEmpty())
            continue;
        if (!problems[row].isEmpty())
            problems[row] += u'\n';
        problems[row] += sentences(problem);
    }
    for (int row = 0; row < RowCount; ++row) {
        const QString spelling = misspelling(static_cast<Row>(row));
        m_rows[row]->setProblem(spelling.isEmpty() ? problems[row] : spelling);
    }
    if (told.problems.isEmpty() || !told.pools.isEmpty()) {
        const auto offer = [this](Row row, const QString& text) {
            static_cast<QLineEdit*>(m_rows[row]->field())
                ->setPlaceholderText(text.isEmpty() ? QString() : tr("%1 (chosen)", "an address").arg(text));
        };
        for (const Row row : {Subnet, Range, Gateway, Subnet6, Gateway6})
            offer(row, {});
        for (const dbus::NetworkPool& pool : told.pools) {
            const bool six = pool.subnet.contains(u':');
            offer(six ? Subnet6 : Subnet, pool.subnet);
            offer(six ? Gateway6 : Gateway, pool.gateway);
            if (!six)
                offer(Range, pool.range.isEmpty() ? pool.subnet : pool.range);
        }
    }
    if (!isBusy())
        error().dismiss();
    check();
    fit();
}

void CreateNetworkDialog::submit() {
    m_client.createNetwork(name(), options(), this, [this](const Result<QString>& id) {
        if (!id) {
            showError(id.error(), tr("Create %1").arg(name()));
            return;
        }
        Q_EMIT created(*id, name());
        accept();
    });
}

} // namespace escale::gui
