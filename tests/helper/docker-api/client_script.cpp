#include "tests/helper/docker-api/client_script.h"

#include "engine/base/file.h"

#include <QRegularExpression>

namespace escale::test {

std::string scriptFolder() {
    return ESCALE_TEST_DATA "/../helper/docker-api";
}

void addCasesOf(const std::string& script, const char* pattern) {
    QTest::addColumn<QString>("name");
    const auto text = readFile(scriptFolder() + "/" + script);
    VERIFY_RESULT(text);
    const QRegularExpression cases(QString::fromLatin1(pattern), QRegularExpression::MultilineOption);
    for (auto found = cases.globalMatch(QString::fromStdString(*text)); found.hasNext();) {
        const QString name = found.next().captured(1);
        QTest::newRow(qPrintable(name)) << name;
    }
}

} // namespace escale::test
