// Made by CMake of resources/seccomp/default.json.
namespace escale {
extern const char* const kDefaultSeccompText;
const char* const kDefaultSeccompText = R"escale(@SECCOMP_TEXT@)escale";
} // namespace escale
