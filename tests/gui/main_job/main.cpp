// escale-main-job: the main job of Escale through the real window, against a live engine and registry (./dev
// run --once).
//
//   escale-main-job [--shots DIR] [--dark] [--language fr]
//     every step; exit status 0 only when each really happened
//   escale-main-job --part build […]
//     the steps of the Build pane alone; "stack": those of the Stacks pane
//   escale-main-job --shot PANE FILE [--dark] [--language fr]
//     one pane with live data; an unknown PANE is answered with the list (./dev help has it, too)
//
// Wants DBUS_SYSTEM_BUS_ADDRESS and ESCALE_REGISTRY, as ./dev exec sets them.
#include "gui/app/application.h"
#include "tests/gui/main_job/steps.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QStandardPaths>
#include <QTest>

int main(int count, char** values) {
    using namespace escale;
    QApplication qt(count, values);
    QStandardPaths::setTestModeEnabled(true); // the person's own settings stay out of it
    QCommandLineParser parser;
    const QCommandLineOption shots(QStringLiteral("shots"), {}, QStringLiteral("folder"));
    const QCommandLineOption shot(QStringLiteral("shot"), {}, QStringLiteral("pane"));
    const QCommandLineOption part(QStringLiteral("part"), {}, QStringLiteral("build"));
    const QCommandLineOption dark(QStringLiteral("dark"));
    const QCommandLineOption language(QStringLiteral("language"), {}, QStringLiteral("language"),
                                      QStringLiteral("en"));
    parser.addOptions({shots, shot, part, dark, language});
    parser.addPositionalArgument(QStringLiteral("file"), {}, QStringLiteral("[file]"));
    parser.process(qt);

    gui::Application application(qt, parser.value(language));
    application.theme().setAppearance(parser.isSet(dark) ? gui::Appearance::Dark : gui::Appearance::Light);
    gui::MainWindow window(application.theme());
    window.move(0, 0);
    window.show();
    if (!QTest::qWaitForWindowExposed(&window)) {
        std::fprintf(stderr, "the window did not appear\n");
        return 1;
    }
    window.activateWindow();
    test::Driver driver(window, parser.value(shots));
    if (parser.value(part) == QLatin1String("build"))
        return test::runBuildJob(driver) ? 0 : 1;
    if (parser.value(part) == QLatin1String("stack"))
        return test::runStackJob(driver) ? 0 : 1;
    if (!parser.isSet(shot))
        return test::runMainJob(driver) ? 0 : 1;
    const QString file = parser.positionalArguments().value(0, parser.value(shot) + QStringLiteral(".png"));
    const Result<void> shown = test::showPane(driver, parser.value(shot));
    if (!shown) {
        std::fprintf(stderr, "%s\n", shown.error().text().c_str());
        return 1;
    }
    QTest::qWait(300); // drawn by now
    return driver.save(file) ? 0 : 1;
}
