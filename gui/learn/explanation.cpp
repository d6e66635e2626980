#include "gui/learn/explanation.h"

#include "gui/common/theme.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

struct ExplanationText {
    Q_DECLARE_TR_FUNCTIONS(ExplanationText)
};

constexpr auto kSpace = "margin-top:0px;margin-bottom:6px";

QString paragraph(const QString& inner, const QString& style = {}) {
    return QStringLiteral("<p style='%1;%2'>%3</p>").arg(QLatin1String(kSpace), style, inner);
}

QString mutedStyle() {
    return QStringLiteral("color:") + Colors::current().muted.name();
}

} // namespace

QString htmlParagraph(const QString& html) {
    return html.isEmpty() ? QString() : QStringLiteral("<p>") + html + QStringLiteral("</p>");
}

QString htmlHeading(const QString& text, int level) {
    return QStringLiteral("<h%1>%2</h%1>").arg(QString::number(level), text.toHtmlEscaped());
}

QString htmlCode(const QString& text) {
    return QStringLiteral("<code>") + text.toHtmlEscaped() + QStringLiteral("</code>");
}

Explanation& Explanation::heading(const QString& text) {
    m_html +=
        QStringLiteral("<p style='margin-top:0px;margin-bottom:4px;font-size:15px;font-weight:600'>%1</p>")
            .arg(text.toHtmlEscaped());
    return *this;
}

Explanation& Explanation::sentence(const QString& text) {
    if (!text.isEmpty())
        m_html += paragraph(text.toHtmlEscaped());
    return *this;
}

Explanation& Explanation::muted(const QString& text) {
    if (!text.isEmpty())
        m_html += paragraph(text.toHtmlEscaped(), mutedStyle());
    return *this;
}

Explanation& Explanation::title(const QString& text) {
    m_html += QStringLiteral("<p style='margin-top:8px;margin-bottom:2px;font-weight:600'>%1</p>")
                  .arg(text.toHtmlEscaped());
    return *this;
}

Explanation& Explanation::table(const QStringList& columns, const QList<QStringList>& rows) {
    if (rows.isEmpty())
        return *this;
    m_html += QStringLiteral("<table cellspacing='0' cellpadding='2' style='margin-bottom:6px'><tr>");
    for (const QString& column : columns)
        m_html += QStringLiteral("<td style='padding-right:12px;%1'>%2</td>")
                      .arg(mutedStyle(), column.toHtmlEscaped());
    m_html += QStringLiteral("</tr>");
    for (const QStringList& row : rows) {
        m_html += QStringLiteral("<tr>");
        for (const QString& cell : row)
            m_html += QStringLiteral("<td style='padding-right:12px'>%1</td>").arg(cell.toHtmlEscaped());
        m_html += QStringLiteral("</tr>");
    }
    m_html += QStringLiteral("</table>");
    return *this;
}

Explanation& Explanation::points(const QStringList& texts) {
    for (const QString& text : texts)
        m_html += paragraph(QStringLiteral("• ") + text.toHtmlEscaped(), QStringLiteral("margin-left:8px"));
    return *this;
}

Explanation& Explanation::manPages(const QStringList& pages) {
    QStringList commands;
    for (const QString& page : pages) {
        const auto open = page.indexOf(u'(');
        commands.append(QStringLiteral("<code>man %1 %2</code>")
                            .arg(page.mid(open + 1).chopped(1), page.left(open).toHtmlEscaped()));
    }
    if (!commands.isEmpty())
        m_html += paragraph(ExplanationText::tr("Read more: %1").arg(commands.join(QStringLiteral(", "))),
                            mutedStyle());
    return *this;
}

} // namespace escale::gui
