#include "gui/stacks/compose_explanation.h"

#include "gui/common/theme.h"
#include "gui/stacks/compose_position.h"
#include "gui/stacks/schema_text.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ComposeExplanation)
public:
    static QString from(const QString& source) { return tr("From %1").arg(source); }
    static QString noValue() {
        return tr(
            "Has no value: neither .env nor your environment sets it. What is written behind :- is taken, "
            "else nothing.");
    }
    static QString empty() { return tr("An empty text"); }
    static QString service(const QString& name) { return tr("The service %1").arg(name); }
    static QString image(const QString& image) { return tr("Image: %1").arg(image); }
    static QString built() { return tr("Its image is built"); }
    static QString ports(const QString& ports) { return tr("Ports: %1").arg(ports); }
    static QString dependsOn(const QString& names) { return tr("Waits for: %1").arg(names); }
    static QString network(const QString& name) { return tr("The network %1").arg(name); }
    static QString volume(const QString& name) { return tr("The volume %1").arg(name); }
    static QString secret(const QString& name) { return tr("The secret %1").arg(name); }
    static QString config(const QString& name) { return tr("The config %1").arg(name); }
    static QString external() { return tr("Made by somebody else: it must be there already"); }
    static QString usedBy(const QString& names) { return tr("Used by: %1").arg(names); }
    static QString file(const QString& path) { return tr("From the file %1").arg(path); }
    static QString extension() {
        return tr("An extension: Compose leaves it alone. Anchors in it can be used elsewhere.");
    }
    static QString unknown(const QString& key) {
        return tr("The Compose Specification knows no “%1” here.").arg(key);
    }
};

QString paragraph(const QString& html) {
    return QStringLiteral("<p style=\"margin: 0 0 6px 0\">%1</p>").arg(html);
}
QString line(const QString& words) {
    return paragraph(words.toHtmlEscaped());
}
QString title(const QString& words) {
    return paragraph(QStringLiteral("<b>%1</b>").arg(words.toHtmlEscaped()));
}
QString text(const std::string& words) {
    return QString::fromStdString(words);
}

QString variableTip(const QString& name, const ComposeSurroundings& all) {
    const auto found = all.variables.constFind(name);
    QString tip = paragraph(QStringLiteral("<b>${%1}</b>").arg(name.toHtmlEscaped()));
    if (found == all.variables.constEnd())
        return tip + line(Words::noValue());
    tip += found->value.isEmpty()
               ? line(Words::empty())
               : paragraph(QStringLiteral("<code>%1</code>").arg(found->value.toHtmlEscaped()));
    return tip + line(Words::from(found->source));
}

QString portsOf(const compose::Node& service) {
    QStringList words;
    const compose::Node* ports = service.find("ports");
    for (std::size_t i = 0; ports != nullptr && i < ports->items.size(); ++i) {
        const compose::Node& port = ports->items[i];
        const QString published = text(port.textOf("published")), target = text(port.textOf("target"));
        words.append(port.isScalar()       ? text(port.text)
                     : published.isEmpty() ? target
                                           : published + QStringLiteral(" → ") + target);
    }
    return words.join(QStringLiteral(", "));
}

QString serviceTip(const QString& name, const compose::Project& project) {
    const compose::Node* service = compose::serviceOf(project, name.toStdString());
    if (service == nullptr)
        return {};
    QString tip = title(Words::service(name));
    if (const std::string image = service->textOf("image"); !image.empty())
        tip += line(Words::image(text(image)));
    else if (service->find("build") != nullptr)
        tip += line(Words::built());
    if (const QString ports = portsOf(*service); !ports.isEmpty())
        tip += line(Words::ports(ports));
    QStringList waits;
    for (const StackDependency& each : compose::dependenciesOf(project, name.toStdString()))
        waits.append(text(each.service));
    if (!waits.isEmpty())
        tip += line(Words::dependsOn(waits.join(QStringLiteral(", "))));
    return tip;
}

QString usersOf(const compose::Project& project, const QString& name, bool isVolume) {
    QStringList users;
    for (const std::string& service : compose::serviceNames(project)) {
        const auto used =
            isVolume ? compose::volumesOf(project, service) : compose::networksOf(project, service);
        if (std::find(used.begin(), used.end(), name.toStdString()) != used.end())
            users.append(text(service));
    }
    return users.join(QStringLiteral(", "));
}

QString partTip(const char* part, const QString& name, const QString& heading,
                const compose::Project& project) {
    const compose::Node* node = project.root.at({part, name.toStdString()});
    if (node == nullptr)
        return {};
    QString tip = title(heading);
    if (const compose::Node* external = node->find("external");
        external != nullptr && external->text != "false")
        tip += line(Words::external());
    if (const std::string file = node->textOf("file"); !file.empty())
        tip += line(Words::file(text(file)));
    const bool isVolume = std::string_view(part) == "volumes";
    if (isVolume || std::string_view(part) == "networks") {
        if (const QString users = usersOf(project, name, isVolume); !users.isEmpty())
            tip += line(Words::usedBy(users));
    }
    return tip;
}

// A name of the project's parts that a value, an item or a key is.
QString referenceTip(const QString& path, const QString& value, const compose::Project& project) {
    static const QStringList kServices{QStringLiteral("services.*.depends_on[]"),
                                       QStringLiteral("services.*.depends_on.*"),
                                       QStringLiteral("services.*.links[]"),
                                       QStringLiteral("services.*.volumes_from[]"),
                                       QStringLiteral("services.*.extends"),
                                       QStringLiteral("services.*.extends.service"),
                                       QStringLiteral("services.*")};
    if (kServices.contains(path))
        return serviceTip(value.section(u':', 0, 0), project);
    if (value.startsWith(QLatin1String("service:")))
        return serviceTip(value.section(u':', 1), project);
    const QString name = value.section(u':', 0, 0);
    if (path.startsWith(QLatin1String("services.*.networks")))
        return partTip("networks", name, Words::network(name), project);
    if (path == QLatin1String("services.*.volumes[]") || path == QLatin1String("services.*.volumes[].source"))
        return partTip("volumes", name, Words::volume(name), project);
    if (path.contains(QLatin1String(".secrets[]")))
        return partTip("secrets", name, Words::secret(name), project);
    if (path.startsWith(QLatin1String("services.*.configs[]")))
        return partTip("configs", name, Words::config(name), project);
    return {};
}

} // namespace

QString explanationAt(const ComposeOutline& outline, int position, const ComposeSurroundings& surroundings,
                      const compose::Loaded* loaded) {
    const int number = outline.lineAt(position);
    const int column = position - outline.lineBegin(number);
    for (const VariablePlace& place : variablesIn(outline.line(number))) {
        if (column >= place.begin && column < place.begin + place.length)
            return variableTip(place.name, surroundings);
    }
    const PlaceInEntry found = entryAt(outline, position);
    if (found.entry < 0)
        return {};
    const OutlineEntry& entry = outline.entry(found.entry);
    if (entry.isExtension)
        return found.isKey ? line(Words::extension()) : QString();
    const SchemaNode* schema = entry.schema;
    if (schema == nullptr) {
        const SchemaNode* of = entry.parent < 0 ? &schemaRoot() : outline.entry(entry.parent).schema;
        return found.isKey && of != nullptr && of->holdsKeys() ? line(Words::unknown(entry.key)) : QString();
    }
    QString tip;
    if (loaded != nullptr)
        tip = referenceTip(schema->path, found.isKey ? entry.key : outline.valueOf(found.entry),
                           loaded->project);
    if (!tip.isEmpty())
        return tip;
    return propertyTip(*schema);
}

} // namespace escale::gui
