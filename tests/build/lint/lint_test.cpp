#include "engine/build/lint/lint.h"

#include "engine/build/lint/lint_configuration.h"
#include "tests/build/lint/lint_cases.h"
#include "tests/support/test_registry.h"

#include <algorithm>

using namespace escale;
using test::LintCase;

namespace {

std::string described(const SourceRange& range) {
    const auto place = [](const SourcePosition& where) {
        return std::to_string(where.line) + ":" + std::to_string(where.column);
    };
    return place(range.begin) + "-" + place(range.end);
}

std::vector<LintFinding> linted(const std::string& source, const LintSettings& settings = {},
                                const LintContext& context = {}) {
    const Dockerfile file = parseDockerfile(source);
    return lint(file, readBuildFile(file), settings, context);
}

// All that one rule finds in one case, whatever other rules say the same.
std::vector<LintFinding> found(const LintCase& each, const std::string& source) {
    auto settings = readLintConfiguration(each.settings);
    if (!settings)
        return {};
    settings->tellsOnce = false;
    auto findings = linted(source, *settings, each.context);
    std::erase_if(findings, [&](const LintFinding& finding) { return finding.rule != each.rule; });
    return findings;
}

std::string placesOf(const std::vector<LintFinding>& findings) {
    std::string text;
    for (const auto& finding : findings)
        text += (text.empty() ? "" : " ") + described(finding.range);
    return text;
}

// "DL3006 DL3008": the rules that found something.
std::string rulesOf(const std::vector<LintFinding>& findings) {
    std::string text;
    for (const auto& finding : findings)
        text += (text.empty() ? "" : " ") + finding.rule;
    return text;
}

std::string fixedBy(const std::string& source, const std::string& rule) {
    const auto findings = linted(source);
    const auto finding =
        std::find_if(findings.begin(), findings.end(), [&](const auto& each) { return each.rule == rule; });
    if (finding == findings.end() || !finding->fix)
        return "no fix";
    return applyEdits(source, finding->fix->edits);
}

void addCaseRows() {
    QTest::addColumn<int>("number");
    int number = 0;
    for (const auto& each : test::lintCases()) {
        const char* what = each.places.empty() ? "silent" : "finds";
        QTest::addRow("%d %s %s", number, each.rule.c_str(), what) << number;
        ++number;
    }
}

} // namespace

class LintTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachCase_data() { addCaseRows(); }
    void eachCase() {
        QFETCH(int, number);
        const LintCase each = test::lintCases().at(static_cast<std::size_t>(number));
        VERIFY_RESULT(readLintConfiguration(each.settings));
        QCOMPARE(placesOf(found(each, each.source)), each.places);
    }

    // A quick fix takes its finding away, and breaks nothing.
    void eachFix_data() { addCaseRows(); }
    void eachFix() {
        QFETCH(int, number);
        const LintCase each = test::lintCases().at(static_cast<std::size_t>(number));
        const auto before = found(each, each.source);
        for (const auto& finding : before) {
            if (!finding.fix)
                continue;
            QVERIFY(!finding.fix->title.empty());
            const std::string mended = applyEdits(each.source, finding.fix->edits);
            QVERIFY2(found(each, mended).size() < before.size(), mended.c_str());
            QCOMPARE(readBuildFile(parseDockerfile(mended)).problems.size(),
                     readBuildFile(parseDockerfile(each.source)).problems.size());
        }
    }

    void everyRuleHasItsCases() {
        for (const auto& rule : lintRules()) {
            bool finds = false, isSilent = false, isMended = false;
            for (const auto& each : test::lintCases()) {
                if (each.rule != rule.name)
                    continue;
                (each.places.empty() ? isSilent : finds) = true;
                for (const auto& finding : found(each, each.source))
                    isMended = isMended || finding.fix.has_value();
            }
            const std::string name(rule.name);
            QVERIFY2(finds, ("no case finds " + name).c_str());
            QVERIFY2(isSilent, ("no case is silent for " + name).c_str());
            QVERIFY2(isMended == !rule.fix.empty(),
                     ("the fix of " + name + " and its title go together").c_str());
        }
    }
    void theTableIsInOrder() {
        const auto rules = lintRules();
        QVERIFY(std::is_sorted(rules.begin(), rules.end(),
                               [](const auto& a, const auto& b) { return a.name < b.name; }));
        for (const auto& rule : rules) {
            QVERIFY(findLintRule(rule.name) == &rule);
            QVERIFY(!rule.text.empty() && !rule.why.empty());
            QVERIFY(rule.sameAs.empty() || findLintRule(rule.sameAs) != nullptr);
        }
        QVERIFY(findLintRule("DL9999") == nullptr);
    }

    void aFindingSaysWhatAndWhy() {
        const auto findings = linted("FROM debian\n");
        QCOMPARE(findings.size(), std::size_t(1));
        QCOMPARE(findings[0].message, std::string("The image debian has no tag"));
        QCOMPARE(findings[0].arguments, std::vector<std::string>{"debian"});
        QVERIFY(findings[0].severity == LintSeverity::Warning);
        QVERIFY(!findings[0].why.empty());
    }
    void findingsComeInOrder() {
        const auto findings = linted("FROM debian\nRUN sudo apt-get install curl\nUSER root\n");
        QVERIFY(std::is_sorted(findings.begin(), findings.end(),
                               [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; }));
    }
    void rulesThatSayTheSameAreToldOnce() {
        const auto findings = linted("FROM debian:12\nMAINTAINER a\nUSER 1\n");
        QCOMPARE(rulesOf(findings), std::string("DL4000"));
        QCOMPARE(findings[0].also, std::string("MaintainerDeprecated"));
        LintSettings settings;
        settings.tellsOnce = false;
        QCOMPARE(rulesOf(linted("FROM debian:12\nMAINTAINER a\nUSER 1\n", settings)),
                 std::string("DL4000 MaintainerDeprecated"));
    }
    void eitherNameSilencesBoth() {
        QCOMPARE(rulesOf(linted("FROM debian:12\n# hadolint ignore=DL4000\nMAINTAINER a\nUSER 1\n")),
                 std::string());
        QCOMPARE(rulesOf(linted("# check=skip=MaintainerDeprecated\nFROM debian:12\nMAINTAINER a\nUSER 1\n")),
                 std::string());
    }

    void pragmas_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("rules");
        const auto add = [](const char* name, const char* source, const char* rules) {
            QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(rules);
        };
        add("none", "FROM debian\nFROM fedora\n", "DL3006 DL3006");
        add("above", "# hadolint ignore=DL3006\nFROM debian\nFROM fedora\n", "DL3006");
        add("with a reason", "# hadolint ignore = DL3007, DL3006 # it is ours\nFROM debian\n", "");
        add("another rule", "# hadolint ignore=DL3007\nFROM debian\n", "DL3006");
        add("not directly above", "# hadolint ignore=DL3006\n\nFROM debian\n", "DL3006");
        add("among other comments", "# hadolint ignore=DL3006\n# why\nFROM debian\n", "");
        add("global", "FROM debian\nFROM fedora\n# hadolint global ignore=DL3006\n", "");
        add("stage",
            "# hadolint stage ignore=DL4005\nFROM a:1\nRUN ln /bin/sh x\nUSER 1\nFROM b:1\nRUN ln /bin/sh "
            "x\nUSER 1\n",
            "DL4005");
        add("our own rules", "# hadolint ignore=ES1004\nFROM debian:12\nRUN x\n", "");
        add("check=skip", "# check=skip=StageNameCasing,FromAsCasing\nFROM a:1 as B\n", "");
        add("check=skip=all", "# check=skip=all\nFROM a:1 as B\nFROM c\n", "DL3006");
        add("check above an instruction",
            "FROM a:1 AS b\n# check=skip=FromAsCasing\nFROM c:1 as d\nFROM e:1 as f\n", "FromAsCasing");
        add("no pragma", "# hadolint ignored=DL3006\n# hadolint is nice\nFROM debian\n", "DL3006");
    }
    void pragmas() {
        QFETCH(QString, source);
        QTEST(QString::fromStdString(rulesOf(linted(source.toStdString()))), "rules");
    }
    void checkErrorMakesBuildChecksErrors() {
        const auto findings = linted("# check=error=true\nFROM a:1 AS B\nFROM c\n");
        QCOMPARE(rulesOf(findings), std::string("StageNameCasing DL3006"));
        QVERIFY(findings[0].severity == LintSeverity::Error);
        QVERIFY(findings[1].severity == LintSeverity::Warning);
    }

    void settings() {
        const auto settings = readLintConfiguration("ignored: [DL3006]\n"
                                                    "override:\n  error: [DL3007]\n  ignore: [DL3048]\n"
                                                    "failure-threshold: warning\n");
        VERIFY_RESULT(settings);
        const auto findings = linted("FROM debian\nFROM debian:latest\nLABEL Foo=1\nUSER 1\n", *settings);
        QCOMPARE(rulesOf(findings), std::string("DL3007"));
        QVERIFY(findings[0].severity == LintSeverity::Error);
        QVERIFY(lintFails(findings, *settings));
    }
    void theThresholdSaysWhatFails() {
        LintSettings settings;
        const auto findings = linted("FROM debian:12\nUSER app\n"); // DL3066, for information
        QCOMPARE(rulesOf(findings), std::string("DL3066"));
        QVERIFY(lintFails(findings, settings));
        settings.threshold = LintSeverity::Warning;
        QVERIFY(!lintFails(findings, settings));
        settings.threshold = LintSeverity::Ignore;
        settings.neverFails = true;
        QVERIFY(!lintFails(findings, settings));
    }
    void pragmasCanBeSwitchedOff() {
        LintSettings settings;
        settings.ignoresPragmas = true;
        QCOMPARE(rulesOf(linted("# hadolint ignore=DL3006\nFROM debian\n", settings)), std::string("DL3006"));
    }

    void fixes_data() {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("mended");
        const auto add = [](const char* rule, const char* source, const char* mended) {
            static int number = 0;
            QTest::addRow("%d %s", ++number, rule)
                << QString::fromUtf8(rule) << QString::fromUtf8(source) << QString::fromUtf8(mended);
        };
        add("DL3014", "FROM a:1\nRUN x && apt-get install a=1\n",
            "FROM a:1\nRUN x && apt-get -y install a=1\n");
        add("DL3009", "FROM a:1\nRUN apt-get update && \\\n  apt-get install -y a\n",
            "FROM a:1\nRUN apt-get update && \\\n  apt-get install -y a && rm -rf /var/lib/apt/lists/*\n");
        add("DL3009", "FROM a:1\nRUN apt-get update || true\n", "no fix");
        add("DL3009", "FROM a:1\nRUN apt-get update # lists\n", "no fix");
        add("DL3009", "FROM a:1\nRUN apt-get update\nRUN apt-get install -y a\n", "no fix");
        add("DL3020", "FROM a:1\nadd --chown=1 a /b\n", "FROM a:1\ncopy --chown=1 a /b\n");
        add("DL3025", "FROM a:1\nCMD nginx -g x\n", "FROM a:1\nCMD [\"nginx\", \"-g\", \"x\"]\n");
        add("DL3025", "FROM a:1\nCMD nginx -g \"$X\"\n", "no fix");
        add("DL3025", "FROM a:1\nCMD a && b\n", "no fix");
        add("DL3027", "FROM a:1\nRUN apt update\n", "FROM a:1\nRUN apt-get update\n");
        add("DL3027", "FROM a:1\nRUN apt search x\n", "no fix");
        add("DL3059", "FROM a:1\nRUN x\nRUN y\n", "FROM a:1\nRUN x \\\n    && y\n");
        add("DL3059", "FROM a:1\nRUN cd x\nRUN y\n", "no fix");
        add("DL3059", "FROM a:1\nRUN x || y\nRUN z\n", "no fix");
        add("DL3059", "FROM a:1\nRUN x\n# why\nRUN z\n", "no fix");
        add("DL3065", "FROM --platform=$TARGETPLATFORM a:1\n", "FROM a:1\n");
        add("DL4000", "FROM a:1\nMAINTAINER x y\n",
            "FROM a:1\nLABEL org.opencontainers.image.authors=\"x y\"\n");
        add("LegacyKeyValueFormat", "FROM a:1\nENV a  b c\n", "FROM a:1\nENV a=\"b c\"\n");
        add("LegacyKeyValueFormat", "FROM a:1\nENV a 'b' c\n", "no fix");
        add("NoEmptyContinuation", "FROM a:1\nRUN x \\\n\n  y\n", "FROM a:1\nRUN x \\\n  y\n");
        add("MultipleInstructionsDisallowed", "FROM a:1\nCMD [\"x\", \\\n \"y\"]\nCMD [\"z\"]\n",
            "FROM a:1\nCMD [\"z\"]\n");
        add("StageNameCasing",
            "\xEF\xBB\xBF"
            "FROM a:1 AS B\n",
            "\xEF\xBB\xBF"
            "FROM a:1 AS b\n");
    }
    void fixes() {
        QFETCH(QString, rule);
        QFETCH(QString, source);
        QTEST(QString::fromStdString(fixedBy(source.toStdString(), rule.toStdString())), "mended");
    }

    void whatCopyTakesIsListed() {
        const auto sources =
            copySources(parseDockerfile("FROM a\nCOPY ./src/ package*.json /x/\nADD https://x.org/a /b\nCOPY "
                                        "--from=c /d /e\nCOPY $F /g\nCOPY <<EOF /h\nEOF\n"));
        QCOMPARE(sources, (std::vector<std::string>{"package*.json", "src"}));
    }
};
ESCALE_TEST(LintTest)

#include "lint_test.moc"
