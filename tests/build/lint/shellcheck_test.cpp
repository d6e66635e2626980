#include "engine/build/lint/shellcheck.h"

#include "tests/support/test_registry.h"

#include <algorithm>

using namespace escale;

namespace {

std::vector<ShellcheckScript> scriptsOf(const std::string& source) {
    const Dockerfile file = parseDockerfile(source);
    return shellcheckScripts(file, readBuildFile(file));
}

ShellcheckOutcome checked(const std::string& source,
                          const std::optional<std::string>& program = findShellcheck(),
                          const LintSettings& settings = {}) {
    const Dockerfile file = parseDockerfile(source);
    return runShellcheck(file, readBuildFile(file), settings, program);
}

std::string described(const ShellcheckOutcome& outcome) {
    std::string text = outcome.note;
    for (const auto& finding : outcome.findings)
        text += (text.empty() ? "" : " ") + finding.rule + "@" + std::to_string(finding.range.begin.line) +
                ":" + std::to_string(finding.range.begin.column) + "-" +
                std::to_string(finding.range.end.line) + ":" + std::to_string(finding.range.end.column);
    return text;
}

} // namespace

class ShellcheckTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aScriptNamesItsShellAndVariables() {
        const auto scripts = scriptsOf(
            "FROM a\nARG one\nENV two=2 bad-name=3\nSHELL [\"/bin/bash\", \"-c\"]\nRUN echo $one\n");
        QCOMPARE(scripts.size(), std::size_t(1));
        const std::string& text = scripts[0].text;
        QVERIFY(text.starts_with("#!/bin/bash\n"));
        QVERIFY(text.find("export one=1\n") != std::string::npos &&
                text.find("export two=1\n") != std::string::npos);
        QVERIFY(text.find("bad-name") == std::string::npos);
        QVERIFY(text.ends_with("\necho $one\n"));
        QCOMPARE(static_cast<std::size_t>(scripts[0].linesBefore),
                 static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) - 1);
    }
    void variablesAndShellsAreInheritedByStages() {
        const auto scripts =
            scriptsOf("FROM a AS b\nENV x=1\nSHELL [\"/bin/bash\", \"-c\"]\nFROM b\nRUN c\nFROM d\nRUN e\n");
        QCOMPARE(scripts.size(), std::size_t(2));
        QVERIFY(scripts[0].text.starts_with("#!/bin/bash\n"));
        QVERIFY(scripts[0].text.find("export x=1") != std::string::npos);
        QVERIFY(scripts[1].text.starts_with("#!/bin/sh\n"));
        QVERIFY(scripts[1].text.find("export x=1") == std::string::npos);
    }
    void otherShellsAndFormsAreLeftAlone() {
        QVERIFY(scriptsOf("FROM a\nRUN [\"b\", \"$c\"]\n").empty());
        QVERIFY(scriptsOf("FROM a\nSHELL [\"pwsh\", \"-Command\"]\nRUN Get-Item $x\n").empty());
        QVERIFY(scriptsOf("FROM a\n# hadolint shell=powershell\nRUN Get-Item $x\n").empty());
        QVERIFY(scriptsOf("FROM a\nRUN <<EOF\n#!/usr/bin/python3\nx\nEOF\n").empty());
        QVERIFY(scriptsOf("FROM a\nRUN python3 <<EOF\nx\nEOF\n").empty());
    }
    void aHereDocumentMayNameItsShell() {
        QVERIFY(
            scriptsOf("FROM a\nRUN <<EOF\n#!/usr/bin/env bash\nx\nEOF\n").at(0).text.starts_with("#!bash\n"));
    }

    void anAnswerIsMappedBack() {
        const auto scripts = scriptsOf("FROM a\nRUN true && \\\n    echo é $x\n");
        QCOMPARE(scripts.size(), std::size_t(1));
        const std::string line = std::to_string(scripts[0].linesBefore + 1);
        // "true &&     echo é $x": the variable is at column 20, a character each.
        const auto findings = readShellcheckAnswer(
            "{\"comments\":[{\"file\":\"0\",\"line\":" + line + ",\"endLine\":" + line +
                ",\"column\":20,\"endColumn\":22,\"level\":\"info\",\"code\":2086,\"message\":\"m\"},"
                "{\"file\":\"0\",\"line\":1,\"endLine\":1,\"column\":1,\"endColumn\":2,\"level\":\"error\","
                "\"code\":1,\"message\":\"of the frame\"}]}",
            scripts);
        VERIFY_RESULT(findings);
        QCOMPARE(findings->size(), std::size_t(1));
        QCOMPARE(findings->at(0).rule, std::string("SC2086"));
        QVERIFY(findings->at(0).severity == LintSeverity::Info);
        QVERIFY(findings->at(0).range == (SourceRange{{3, 13}, {3, 15}}));
    }
    void nonsenseIsNoAnswer() {
        QVERIFY(!readShellcheckAnswer("no", {}));
        QVERIFY(!readShellcheckAnswer("{}", {}));
        QVERIFY(readShellcheckAnswer("{\"comments\":[{\"file\":\"7\"},3,{}]}", {})->empty());
    }

    void notInstalledIsANote() {
        const auto outcome = checked("FROM a\nRUN echo $x\n", std::nullopt);
        QVERIFY(outcome.findings.empty());
        QVERIFY(outcome.note.starts_with("ShellCheck is not installed"));
    }
    void aProgramThatFailsIsANote() {
        const auto outcome = checked("FROM a\nRUN echo $x\n", "/bin/false");
        QVERIFY(outcome.findings.empty());
        QVERIFY(!outcome.note.empty());
        QVERIFY(!checked("FROM a\nRUN echo $x\n", "/nowhere/shellcheck").note.empty());
    }

    // What the installed program says.
    void findsWhatShellCheckFinds() {
        SKIP_UNLESS(findShellcheck(), "shellcheck is not installed");
        QCOMPARE(described(checked("FROM a\nARG known\nRUN echo \"$known\" && \\\n    cat $file\nRUN true\n"
                                   "RUN <<EOF\nset -e\nls $dir\nEOF\n")),
                 std::string("SC2086@4:9-4:14 SC2154@4:9-4:14 SC2086@8:4-8:8 SC2154@8:4-8:8"));
    }
    void theShellDecidesWhatIsFound() {
        SKIP_UNLESS(findShellcheck(), "shellcheck is not installed");
        QCOMPARE(described(checked("FROM a\nRUN [[ -f /x ]]\n")), std::string("SC3010@2:5-2:16"));
        QCOMPARE(described(checked("FROM a\nSHELL [\"/bin/bash\", \"-c\"]\nRUN [[ -f /x ]]\n")),
                 std::string());
        QCOMPARE(described(checked("FROM a\nSHELL [\"/bin/ash\", \"-c\"]\nRUN true\n")), std::string());
    }
    void sourcedFilesAreNotLookedFor() {
        SKIP_UNLESS(findShellcheck(), "shellcheck is not installed");
        QCOMPARE(described(checked("FROM a\nRUN . /etc/profile && . \"$HOME/x\"\n")), std::string());
    }
    void findingsAreSilencedAsOthersAre() {
        SKIP_UNLESS(findShellcheck(), "shellcheck is not installed");
        QCOMPARE(described(checked("FROM a\n# hadolint ignore=SC2086,SC2154\nRUN cat $file\n")),
                 std::string());
        LintSettings settings;
        settings.ignored = {"SC2154"};
        settings.severities["SC2086"] = LintSeverity::Error;
        const auto outcome = checked("FROM a\nRUN cat $file\n", findShellcheck(), settings);
        QCOMPARE(described(outcome), std::string("SC2086@2:9-2:14"));
        QVERIFY(outcome.findings[0].severity == LintSeverity::Error);
    }
};
ESCALE_TEST(ShellcheckTest)

#include "shellcheck_test.moc"
