#include "engine/build/expand.h"

#include "tests/support/test_registry.h"

using namespace escale;

namespace {

// What the table's variables are: HOME=/home, SHELL=bash, NULL= (empty), FILE=archive.tar.gz, STAR=a*b.
std::optional<std::string> lookUp(const std::string& name) {
    static const std::map<std::string, std::string> kValues{
        {"HOME", "/home"},          {"SHELL", "bash"}, {"NULL", ""},           {"FILE", "archive.tar.gz"},
        {"PATHS", "usr/local/bin"}, {"STAR", "a*b"},   {"ACCENT", "né à Évry"}};
    const auto found = kValues.find(name);
    return found == kValues.end() ? std::nullopt : std::optional(found->second);
}

std::string expanded(const std::string& text, const ExpandRules& rules = {}) {
    const auto result = expandVariables(text, lookUp, rules);
    return result ? result->text : "error: " + result.error().message;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : "|") + word;
    return text;
}

} // namespace

class ExpandTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatGrowsWithoutEndIsRefused() {
        const std::string large(700'000, 'x');
        const auto lookup = [&](const std::string&) { return std::optional(large); };
        QVERIFY(expandVariables("$A", lookup));
        for (const char* text :
             {"$A$A", "\"$A$A\"", "${A//x/yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy}"}) {
            const auto result = expandVariables(text, lookup);
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::InvalidArgument);
        }
    }
    void replaces_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("result");
        const auto add = [](const char* text, const char* result) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(result);
        };
        add("plain", "plain");
        add("$HOME/x", "/home/x");
        add("a${HOME}b", "a/homeb");
        add("$UNSET.", ".");
        add("$.", "$.");
        add("$", "$");
        add("a$1b", "ab");
        add("a$12b", "ab");
        add("$@$*", "");
        add("${HOME:-other}", "/home");
        add("${NULL:-other}", "other");
        add("${NULL-other}", "");
        add("${UNSET-other}", "other");
        add("${UNSET:-$HOME/x}", "/home/x");
        add("${UNSET:-${ALSO:-deep}}", "deep");
        add("${HOME:+yes}", "yes");
        add("${NULL:+yes}", "");
        add("${NULL+yes}", "yes");
        add("${UNSET+yes}", "");
        add("${HOME:+${SHELL}}", "bash");
        add("${HOME?}", "/home");
        add("${NULL?never}", "");
        add("${UNSET:-\\$HOME}", "$HOME");
        add("${UNSET:-'a b'}", "a b");
        add("${FILE#*.}", "tar.gz");
        add("${FILE##*.}", "gz");
        add("${FILE%.*}", "archive.tar");
        add("${FILE%%.*}", "archive");
        add("${FILE#???}", "hive.tar.gz");
        add("${FILE#nothing}", "archive.tar.gz");
        add("${FILE%archive}", "archive.tar.gz");
        add("${STAR#a\\*}", "b");
        add("${PATHS/\\//-}", "usr-local/bin");
        add("${PATHS//\\//-}", "usr-local-bin");
        add("${FILE/a*r/x}", "x.gz");
        add("${FILE//./}", "archivetargz");
        add("${FILE/nothing/x}", "archive.tar.gz");
        add("${UNSET#x}", "");
        add("${ACCENT#n?}", " à Évry");
        add("\\$HOME", "$HOME");
        add("\\\\$HOME", "\\/home");
        add("\\${}", "${}");
        add("back\\slash", "backslash");
        add("end\\", "end");
        add("'$HOME'", "$HOME");
        add("'\\'", "\\");
        add("\"$HOME\"", "/home");
        add("\"a'$HOME'\"", "a'/home'");
        add("\"\\$HOME\"", "$HOME");
        add("\"\\t\"", "\\t");
        add("\"\\\"\"", "\"");
        add("'\"'", "\"");
        add("né $HOME", "né /home");
        add("${UNSET:-a}}", "a}");
        add("${UNSET:-a {b}", "a {b");
    }
    void replaces() {
        QFETCH(QString, text);
        QTEST(QString::fromStdString(expanded(text.toStdString())), "result");
    }

    void refuses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        const auto add = [](const char* text, const char* message) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(message);
        };
        add("'open", "a single quote is missing");
        add("\"open", "a double quote is missing");
        add("\"open\\\"", "a double quote is missing");
        add("${HOME", "a \"}\" is missing");
        add("${", "a \"}\" is missing");
        add("${}", "\"${}\" names no variable");
        add("${{x}", "\"${{\" names no variable");
        add("${:-x}", "\"${:\" names no variable");
        add("${HOME:=x}", "\"${HOME:=\": there is no modifier \":=\"");
        add("${HOME!}", "\"${HOME!\": there is no modifier \"!\"");
        add("${HOME:#x}", "\"${HOME:#\": there is no modifier \":#\"");
        add("${HOME:", "\"${HOME:\": there is no modifier \":\"");
        add("${UNSET?}", "UNSET: must be set");
        add("${NULL:?}", "NULL: must not be empty");
        add("${UNSET:?say which}", "UNSET: say which");
        add("${FILE#\\a}", "the pattern \"\\a\" escapes what has no meaning of its own");
        add("${FILE/x}", "a \"/\" is missing");
        add("${FILE/x/y", "a \"}\" is missing");
    }
    void refuses() {
        QFETCH(QString, text);
        QFETCH(QString, message);
        QCOMPARE(QString::fromStdString(expanded(text.toStdString())), "error: " + message);
    }

    void splitsWhereNoQuotesHoldTogether() {
        QCOMPARE(joined(expandVariables("a 'b c' \"d $HOME\"  e\\ f $ACCENT", lookUp)->words),
                 std::string("a|b c|d /home|e f|né|à|Évry"));
    }
    void tellsWhichVariablesWereUsedAndWhichAreNotSet() {
        const auto result = expandVariables("$HOME ${UNSET:-$SHELL} $UNSET", lookUp);
        QCOMPARE(joined({result->used.begin(), result->used.end()}), std::string("HOME|SHELL"));
        QCOMPARE(joined({result->unset.begin(), result->unset.end()}), std::string("UNSET"));
    }
    void leavesWhatIsNotSetWhenAskedTo() {
        ExpandRules rules;
        rules.keepsUnset = true;
        QCOMPARE(expanded("$UNSET ${UNSET} ${UNSET:-x} ${UNSET//a/b} $HOME", rules),
                 std::string("$UNSET ${UNSET} ${UNSET:-x} ${UNSET//a/b} /home"));
    }
    void knowsTheOtherEscape() {
        ExpandRules rules;
        rules.escape = '`';
        QCOMPARE(expanded("C:\\x `$HOME", rules), std::string("C:\\x $HOME"));
    }
    void takesQuotesForLettersInADocument() {
        ExpandRules rules;
        rules.readsQuotes = false;
        QCOMPARE(expanded("it's $HOME", rules), std::string("it's /home"));
    }
    void endsWithADeepNest() {
        std::string text;
        for (int i = 0; i < 1000; ++i)
            text += "${UNSET:-";
        QCOMPARE(expanded(text), std::string("error: braces are nested too deeply"));
    }
    void takesNoTimeForAPatternOfManyStars() {
        QCOMPARE(expandVariables("${X#" + std::string(1000, '*') + "b}",
                                 [](const auto&) { return std::string(5000, 'a'); })
                     ->text.size(),
                 std::size_t(5000));
    }
};
ESCALE_TEST(ExpandTest)

#include "expand_test.moc"
