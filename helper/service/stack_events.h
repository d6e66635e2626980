// What happens while something is done with a stack: a JSON object a line, in a file of memory that the
// caller reads (the interface's XML says what lines there are), and the steps of its job. Thread-safe.
#pragma once

#include "engine/base/json.h"
#include "engine/base/unique_fd.h"
#include "helper/jobs/job.h"
#include "helper/service/stack_session.h"

#include <memory>
#include <mutex>
#include <string>

namespace escale {

class StackEvents : public StackListener {
public:
    static Result<std::shared_ptr<StackEvents>> make();
    StackEvents(const StackEvents&) = delete;
    StackEvents& operator=(const StackEvents&) = delete;

    /// Open for reading from the beginning, and for nothing else.
    [[nodiscard]] Result<UniqueFd> reader() const;
    /// Where the job's steps are told; set when it runs, unset before that goes.
    void tellJob(JobProgress* job);

    void plan(const StackPlan& plan) override;
    void step(const StackPlan& plan, std::size_t number, StepState state, const Error* error) override;
    /// state: "pulling", "building", "pushing", "present", "done", "failed".
    void image(const std::string& service, const char* state, const std::string& build = {},
               const Error* error = nullptr);
    /// Bytes of an image on its way.
    void moved(const std::string& service, quint64 done, quint64 total);
    void container(const std::string& id);
    void warning(const std::string& text) override;
    void end(const Error* error);

private:
    explicit StackEvents(UniqueFd file)
        : m_file(std::move(file)) {}
    void write(const char* event, Json members);
    void tell(const QString& id, const QString& phase, quint64 done = 0, quint64 total = 0);

    UniqueFd m_file;
    std::mutex m_mutex; // guards what follows
    JobProgress* m_job = nullptr;
    QList<dbus::JobStep> m_steps;
};

} // namespace escale
