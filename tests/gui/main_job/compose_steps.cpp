#include "tests/gui/main_job/compose_steps.h"

#include "gui/common/completion_list.h"
#include "gui/stacks/compose_editor.h"
#include "gui/stacks/compose_text.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

namespace escale::test {

using namespace escale::gui;

static constexpr const char* kEnvironment =
    "# What differs between machines\nTAG=1.27\nDB_PASSWORD=sesame\nPORT=8080\n";

static constexpr const char* kStack = R"(name: shop

x-logging: &logging
  driver: json-file
  options:
    max-size: "10m"

services:
  web:
    image: "nginx:${TAG:-latest}"
    ports:
      - "127.0.0.1:${PORT}:80"
    depends_on:
      api:
        condition: service_healthy
    volumes:
      - ./site:/usr/share/nginx/html:ro
    networks: [front]
    logging: *logging

  api:
    build:
      context: ./api
      target: run
    environment:
      DATABASE_URL: "postgres://shop:${DB_PASSWORD}@db/shop"
      WORKERS: 4
      DEBUG: false
    healthcheck:
      # Asked every half minute
      test: ["CMD", "wget", "-q", "-O-", "http://localhost:8000/health"]
      interval: 30s
      start_period: 5s
    networks: [front, back]
    command: |
      python -m shop \
        --workers "$$WORKERS"

  db:
    image: postgres:16
    volumes:
      - data:/var/lib/postgresql/data
    environment:
      POSTGRES_PASSWORD: "${DB_PASSWORD:?set it in .env}"
    networks: [back]

networks:
  front:
  back:

volumes:
  data:
)";

static const QTemporaryDir& folder() {
    static const QTemporaryDir kFolder;
    return kFolder;
}

static QString write(const QString& name, const QByteArray& content) {
    QFile file(folder().filePath(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
    return file.fileName();
}

static void type(ComposeEditor& editor, const QString& text) {
    for (const QChar c : text) {
        if (c == u'\n')
            QTest::keyClick(editor.editor(), Qt::Key_Return);
        else
            QTest::keyClick(editor.editor(), c.toLatin1());
    }
}

// Behind the end of a line.
static void goBehind(ComposeEditor& editor, int line) {
    editor.editor()->showLine(line, 1000);
}

Result<void> showCompose(Driver& driver, const QString& pane) {
    write(QStringLiteral(".env"), kEnvironment);
    QByteArray text(kStack);
    if (pane == QLatin1String("compose-problems")) {
        text.replace("    image: postgres:16\n", "    imagee: postgres:16\n");
        text.replace("    healthcheck:\n", "    runtime: nvidia\n    healthcheck:\n");
        text.replace("start_period: 5s", "start_period: soon");
    }
    auto* editor = new ComposeEditor(&driver.window());
    editor->setAutoFillBackground(true);
    editor->setGeometry(driver.window().rect());
    editor->setImageNames(
        {QStringLiteral("nginx:1.27"), QStringLiteral("nginx:alpine"), QStringLiteral("postgres:16")});
    editor->setFiles({write(QStringLiteral("compose.yaml"), text)});
    editor->show();
    editor->raise();
    editor->editor()->setFocus();
    editor->hurry();
    TRY(driver.waitFor([editor] { return editor->isUpToDate(); }, "the project is loaded"));
    editor->finish();
    if (pane == QLatin1String("compose-edit"))
        return {};
    if (pane == QLatin1String("compose-keys")) {
        goBehind(*editor, 19);
        type(*editor, QStringLiteral("\nre"));
        return {};
    }
    if (pane == QLatin1String("compose-all-keys")) {
        goBehind(*editor, 19);
        type(*editor, QStringLiteral("\n"));
        QTest::keyClick(editor->editor(), Qt::Key_Space, Qt::ControlModifier);
        if (QWidget* popup = QApplication::activePopupWidget())
            QTest::keyClick(popup, Qt::Key_Down);
        return {};
    }
    if (pane == QLatin1String("compose-values")) {
        goBehind(*editor, 19);
        type(*editor, QStringLiteral("\nrestart: "));
        return {};
    }
    if (pane == QLatin1String("compose-variables")) {
        goBehind(*editor, 27);
        type(*editor, QStringLiteral("\nTOKEN: ${"));
        return {};
    }
    if (pane == QLatin1String("compose-problems")) {
        editor->goToNextProblem(false);
        return {};
    }
    if (pane == QLatin1String("compose-explain")) {
        editor->editor()->showLine(29, 8);
        editor->explainHere();
        return {};
    }
    if (pane == QLatin1String("compose-explain-variable")) {
        editor->editor()->showLine(10, 20);
        editor->explainHere();
        return {};
    }
    return fail(ErrorCode::InvalidArgument,
                "no pane " + pane.toStdString() +
                    ": compose-edit, compose-keys, compose-all-keys, compose-values, compose-variables, "
                    "compose-problems, compose-explain, compose-explain-variable");
}

} // namespace escale::test
