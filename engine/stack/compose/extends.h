// `extends`: 05-services.md. A service takes over another one of its file, or of another file.
#pragma once

#include "engine/stack/compose/model.h"

#include <memory>

namespace escale::compose {

/// Of one model. It keeps the files that services are taken from.
class ExtendsResolver {
public:
    ExtendsResolver(Loading& loading, const ModelRequest& model);
    ~ExtendsResolver();
    ExtendsResolver(const ExtendsResolver&) = delete;
    ExtendsResolver& operator=(const ExtendsResolver&) = delete;

    /// All services of a canonical document of a file.
    void resolve(Node& document, const std::string& file);

private:
    struct Scope;
    struct Link;

    void extend(Scope& scope, NodeEntry& service, const Link* from);
    NodeEntry* baseOf(Scope& scope, const Node& extends, const std::string& service);
    Scope* scopeOf(Scope& from, const Node& extends, const std::string& service);
    Scope* openFile(const std::string& path);
    bool isPossible(const Link& last, const Node& extends);
    void take(NodeEntry& service, const NodeEntry& base);
    /// What is wrong with a service of another file counts once it is used.
    void tellOf(Scope& scope, const std::string& service);

    Loading& m_loading;
    const ModelRequest& m_model;
    std::map<std::string, std::unique_ptr<Scope>> m_files;
};

} // namespace escale::compose
