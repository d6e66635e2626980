// Progress bars and words of jobs, the same in the drawer and in the panes.
#pragma once

#include <QString>

class QProgressBar;
class QWidget;

namespace escale::gui {

class Job;

QProgressBar* progressBar(QWidget* parent);
/// 0…1, negative: unknown, the bar only shows that something goes on. outcome: "", "done" or "failed" colours
/// it.
void showFraction(QProgressBar& bar, double fraction, const char* outcome);
void showProgress(QProgressBar& bar, const Job& job);
/// "3.1 MB of 5.0 MB · 1.2 MB/s · 12 s left", "done", "cancelled", "failed".
QString jobWords(const Job& job);

} // namespace escale::gui
