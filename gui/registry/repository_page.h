// What Docker Hub tells of a repository, on one line or two: its mark, description, stars, pulls, and when it
// was updated. Hidden when there is nothing to tell.
#pragma once

#include "engine/registry/docker_hub.h"

#include <QFrame>

class QLabel;

namespace escale::gui {

class RepositoryPage : public QFrame {
    Q_OBJECT
public:
    explicit RepositoryPage(QWidget* parent = nullptr);
    void set(const HubRepository& repository);
    void clear();
    /// "12.3k", "4.1M": how many, when nobody counts them.
    static QString about(std::uint64_t number);

private:
    QLabel *m_mark, *m_figures, *m_description;
};

} // namespace escale::gui
