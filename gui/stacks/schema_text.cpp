#include "gui/stacks/schema_text.h"

#include "gui/common/theme.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ComposeSchemaText)
public:
    static QStringList types(std::uint16_t types);
    static QString alternatives(const QString& first, const QString& last) {
        return tr("%1 or %2").arg(first, last);
    }
    static QString support(compose::Support support);
    static QString because(const QString& reason) { return tr(", because %1").arg(reason); }
    static QString values(const QString& values) { return tr("One of: %1").arg(values); }
    static QString example(const QString& example) { return tr("For example: %1").arg(example); }
};

QStringList Words::types(std::uint16_t types) {
    QStringList words;
    if ((types & compose::kText) != 0)
        words.append(tr("text"));
    if ((types & compose::kDuration) != 0)
        words.append(tr("a duration (1m30s)"));
    if ((types & compose::kBytes) != 0)
        words.append(tr("a size (512m)"));
    if ((types & compose::kInteger) != 0)
        words.append(tr("a whole number"));
    if ((types & compose::kNumber) != 0)
        words.append(tr("a number"));
    if ((types & compose::kBoolean) != 0)
        words.append(tr("true or false"));
    if ((types & compose::kList) != 0)
        words.append(tr("a list"));
    if ((types & compose::kMap) != 0)
        words.append(tr("keys with values"));
    if ((types & compose::kNull) != 0)
        words.append(tr("nothing"));
    return words;
}

QString Words::support(compose::Support support) {
    switch (support) {
    case compose::Support::Honoured:
        return tr("Supported");
    case compose::Support::NoEffect:
        return tr("Without effect");
    case compose::Support::Warned:
        return tr("Not supported; the rest works without it");
    case compose::Support::Refused:
        break;
    }
    return tr("Not supported");
}

QString translated(std::string_view text) {
    const std::string source(text);
    return source.empty() ? QString() : QCoreApplication::translate("ComposeSchema", source.c_str());
}

QString plain(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QString paragraph(const QString& html) {
    return QStringLiteral("<p style=\"margin: 0 0 6px 0\">%1</p>").arg(html);
}

} // namespace

QString propertyDoc(const compose::Property& property) {
    return translated(property.doc);
}

QString propertyReason(const compose::Property& property) {
    return translated(property.reason);
}

QString typesText(std::uint16_t types) {
    QStringList words = Words::types(types);
    if (words.size() < 2)
        return words.join(QString());
    const QString last = words.takeLast();
    return Words::alternatives(words.join(QStringLiteral(", ")), last);
}

QString supportText(compose::Support support) {
    return Words::support(support);
}

static QString supportTip(const compose::Property& property) {
    const Colors colors = Colors::current();
    const bool isGood = property.support == compose::Support::Honoured;
    const QColor color = isGood                                          ? colors.green
                         : property.support == compose::Support::Refused ? colors.red
                                                                         : colors.amber;
    QString words = QStringLiteral("<span style=\"color: %1\">%2</span>")
                        .arg(color.name(), (isGood ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) +
                                               supportText(property.support).toHtmlEscaped());
    if (const QString reason = propertyReason(property); !reason.isEmpty())
        words += Words::because(reason).toHtmlEscaped();
    return paragraph(words);
}

// An item is called as its list, and so is a member of a map.
static QString nameOf(const SchemaNode& node) {
    const SchemaNode* named = &node;
    while (named->parent != nullptr &&
           (named->name == QLatin1String("[]") || named->name == QLatin1String("*")))
        named = named->parent;
    return named->name;
}

QString propertyTip(const SchemaNode& node) {
    const Colors colors = Colors::current();
    const QString types = typesText(node.types());
    QString tip =
        paragraph(QStringLiteral("<b>%1</b> <span style=\"color: %2\">%3</span>")
                      .arg(nameOf(node).toHtmlEscaped(), colors.muted.name(), types.toHtmlEscaped()));
    if (node.explained() == nullptr)
        return tip;
    const compose::Property& property = *node.explained();
    if (!property.doc.empty())
        tip += paragraph(propertyDoc(property).toHtmlEscaped());
    if (!property.values.empty())
        tip += paragraph(Words::values(
            QStringLiteral("<code>%1</code>")
                .arg(plain(property.values).split(u'|').join(QStringLiteral("</code>, <code>")))));
    if (!property.example.empty()) {
        const QString example = plain(property.example).toHtmlEscaped();
        tip += example.contains(u'\n')
                   ? paragraph(Words::example(QString())) + QStringLiteral("<pre>%1</pre>").arg(example)
                   : paragraph(Words::example(QStringLiteral("<code>%1</code>").arg(example)));
    }
    return tip + supportTip(property);
}

} // namespace escale::gui
