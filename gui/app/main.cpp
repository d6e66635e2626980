// escale: the desktop program.
#include "gui/app/application.h"
#include "gui/app/main_window.h"
#include "gui/common/settings.h"

#include <QApplication>
#include <QElapsedTimer>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <unistd.h>

// Milliseconds since the kernel started this process (proc_pid_stat(5), starttime), so that loading counts,
// too.
static double sinceStart() {
    std::ifstream file("/proc/self/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::size_t position = text.rfind(')');
    for (int field = 2; field < 22 && position != std::string::npos; ++field)
        position = text.find(' ', position + 1);
    if (position == std::string::npos)
        return 0;
    const double started = std::stod(text.substr(position)) / static_cast<double>(sysconf(_SC_CLK_TCK));
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 - started) * 1000.0;
}

int main(int count, char** values) {
    using namespace escale::gui;
    QApplication qt(count, values);
    QCoreApplication::setApplicationName(QStringLiteral("escale")); // the settings are read from there
    QCoreApplication::setOrganizationName(QStringLiteral("escale"));
    Application application(qt, Settings::language());
    application.theme().setAppearance(Settings::appearance());
    MainWindow window(application.theme());
    if (qEnvironmentVariableIsSet("ESCALE_TRACE_STARTUP")) {
        QObject::connect(&window, &MainWindow::painted, [] {
            std::printf("first-paint-ms %.0f\n", sinceStart());
            std::fflush(stdout);
        });
    }
    window.show();
    return QApplication::exec();
}
