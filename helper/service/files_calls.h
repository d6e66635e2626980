// What the bus offers for files wherever they are: in a container or a volume. Archives and lists go past the
// helper, between the client's descriptor and a worker (helper/worker/files_worker.h).
#pragma once

#include "helper/dbus/types.h"
#include "helper/jobs/jobs.h"
#include "helper/service/call.h"
#include "helper/service/pipe_reply.h"
#include "helper/worker/files_worker.h"

#include <QThreadPool>

namespace escale {

/// Files that are held open until the last copy of this has gone.
struct OpenFiles {
    FilesRoot root;
    std::shared_ptr<const void> hold;
};

/// Whose files a call is about: a container or a volume that was found.
struct FilesPlace {
    QString name; // for people
    QString id;   // what its jobs result in
    /// `action`: the event that tells of it; empty: none.
    std::function<Result<OpenFiles>(const std::string& action, const Cancellation&)> open;
    std::optional<Error> readOnly;      // why nothing is written there
    std::function<void()> changed = {}; // after something was written
};

/// Lives on the D-Bus thread. `find` and work run on threads of the pool or of jobs.
class FilesCalls : public QObject {
    Q_OBJECT
public:
    struct Parts { // the first two outlive this object
        Jobs& jobs;
        QThreadPool& pool;
        FilesWorker worker;
    };
    using Find = std::function<Result<FilesPlace>()>;
    using Query = std::function<Result<QVariantList>(const FilesRoot& root)>;
    using Change = std::function<Result<void>(const FilesRoot& root, JobProgress&, const Cancellation&)>;

    explicit FilesCalls(Parts parts, QObject* parent = nullptr);

    // Paths and options are the call's arguments after the first.
    void stat(const CallPointer& call, const Find& find);
    void list(const CallPointer& call, const Find& find);
    void copyOut(const CallPointer& call, const Find& find);
    void copyIn(const CallPointer& call, const Find& find);

    /// Answers with what `query` says.
    void answer(const CallPointer& call, const Find& find, const Query& query);
    /// The same for what is quick and writes.
    void answerChange(const CallPointer& call, const Find& find, const Change& change);
    /// Answers with a job that writes. `action` as FilesPlace::open() has it.
    void startChange(const CallPointer& call, const Find& find, const QString& kind,
                     const std::string& action, const Change& change);

    struct Sending {
        QString kind;       // of the job
        std::string action; // the event
        std::string path;
        FilesWorker::OutOptions options;
        bool tellsFile = true; // the answer says which file was found
    };
    /// A job that sends an archive; it answers the call itself, as soon as the file was found.
    void sendArchive(const CallPointer& call, const Find& find, const Sending& sending);
    /// Of a job that answers by `reply`: the part of sendArchive() from the open root on.
    Result<void> send(const FilesRoot& root, const Sending& sending, PipeReply& reply, JobProgress& progress,
                      const Cancellation& cancellation, quint64 total = 0) const;
    /// Finds on the pool, then `begin` on the D-Bus thread; refuses the call when there is nothing.
    void findFirst(const CallPointer& call, const Find& find, std::function<void(const FilesPlace&)> begin);

    [[nodiscard]] const FilesWorker& worker() const { return m_parts.worker; }

private:
    Parts m_parts;
};

dbus::FileEntry toBus(const FileEntry& entry);
/// Bytes or files so far, of `total` (0: unknown).
FilesProgress reporting(JobProgress& progress, quint64 total = 0);

} // namespace escale
