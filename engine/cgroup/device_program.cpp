#include "engine/cgroup/device_program.h"

#include "engine/base/file.h"
#include "engine/base/syscalls.h"
#include "engine/base/unique_fd.h"

#include <array>
#include <cstring>
#include <fcntl.h>

namespace escale {
namespace {

constexpr const char* kName = "escale_devices";
constexpr std::int32_t kAllAccess = BPF_DEVCG_ACC_MKNOD | BPF_DEVCG_ACC_READ | BPF_DEVCG_ACC_WRITE;

// Registers. 0 is the answer, 1 the request at the start and scratch later.
enum Register : std::uint8_t {
    Answer = 0,
    Request = 1,
    Scratch = 1,
    Type = 2,
    Access = 3,
    Major = 4,
    Minor = 5
};

bpf_insn instruction(int code, std::uint8_t to, std::uint8_t from, std::int16_t offset, std::int32_t value) {
    bpf_insn one{};
    one.code = static_cast<std::uint8_t>(code);
    one.dst_reg = to & 0xf;
    one.src_reg = from & 0xf;
    one.off = offset;
    one.imm = value;
    return one;
}

bpf_insn load(Register to, std::int16_t offset) {
    return instruction(BPF_LDX | BPF_W | BPF_MEM, to, Request, offset, 0);
}
bpf_insn copy(Register to, Register from) {
    return instruction(BPF_ALU | BPF_MOV | BPF_X, to, from, 0, 0);
}
bpf_insn calculate(int operation, Register to, std::int32_t value) {
    return instruction(BPF_ALU | operation | BPF_K, to, 0, 0, value);
}
bpf_insn jumpIf(int comparison, Register what, std::int32_t value, std::size_t over) {
    return instruction(BPF_JMP | comparison | BPF_K, what, 0, static_cast<std::int16_t>(over), value);
}

std::int32_t accessBits(const std::string& access) {
    std::int32_t bits = 0;
    for (const char letter : access)
        bits |= letter == 'r'   ? BPF_DEVCG_ACC_READ
                : letter == 'w' ? BPF_DEVCG_ACC_WRITE
                                : BPF_DEVCG_ACC_MKNOD;
    return bits;
}

void answer(std::vector<bpf_insn>& program, bool allow) {
    program.push_back(instruction(BPF_ALU64 | BPF_MOV | BPF_K, Answer, 0, 0, allow ? 1 : 0));
    program.push_back(instruction(BPF_JMP | BPF_EXIT, 0, 0, 0, 0));
}

// What the rule does to a request that its device matches. `Access` holds what is not decided yet.
std::vector<bpf_insn> decision(const CgroupDeviceRule& rule) {
    const auto bits = accessBits(rule.access);
    std::vector<bpf_insn> block;
    if (bits != kAllAccess && rule.allow) {
        block.push_back(calculate(BPF_AND, Access, kAllAccess & ~bits));
        block.push_back(jumpIf(BPF_JNE, Access, 0, 2));
    } else if (bits != kAllAccess) {
        block.push_back(copy(Scratch, Access));
        block.push_back(calculate(BPF_AND, Scratch, bits));
        block.push_back(jumpIf(BPF_JEQ, Scratch, 0, 2));
    }
    answer(block, rule.allow);
    return block;
}

std::vector<std::pair<Register, std::int32_t>> conditions(const CgroupDeviceRule& rule) {
    std::vector<std::pair<Register, std::int32_t>> all;
    if (rule.type != 'a')
        all.emplace_back(Type, rule.type == 'b' ? BPF_DEVCG_DEV_BLOCK : BPF_DEVCG_DEV_CHAR);
    if (rule.major >= 0)
        all.emplace_back(Major, static_cast<std::int32_t>(rule.major));
    if (rule.minor >= 0)
        all.emplace_back(Minor, static_cast<std::int32_t>(rule.minor));
    return all;
}

Error refused(int number, const std::string& directory, const char* what) {
    auto error = systemError(-number, std::string(what) + " the device rules of the cgroup " + directory);
    if (number == -EINVAL || number == -ENOSYS) {
        error.code = ErrorCode::Unsupported;
        error.hint = "The kernel needs CONFIG_CGROUP_BPF, or cgroup v1's devices controller";
    }
    return error;
}

int bpf(bpf_cmd command, bpf_attr& attributes) {
    return static_cast<int>(sys::call(SYS_bpf, command, &attributes, sizeof attributes));
}

Result<UniqueFd> loadProgram(const std::string& directory, const std::vector<bpf_insn>& program) {
    static constexpr const char* kLicense = "GPL"; // asked for by the kernel's interface
    bpf_attr attributes{};
    attributes.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
    attributes.insns = reinterpret_cast<std::uintptr_t>(program.data());
    attributes.insn_cnt = static_cast<std::uint32_t>(program.size());
    attributes.license = reinterpret_cast<std::uintptr_t>(kLicense);
    std::strncpy(attributes.prog_name, kName, sizeof attributes.prog_name - 1);
    int fd = -EAGAIN;
    for (int attempt = 0; fd == -EAGAIN && attempt < 5; ++attempt) // a signal came during the kernel's check
        fd = bpf(BPF_PROG_LOAD, attributes);
    if (fd < 0)
        return fail(refused(fd, directory, "cannot load"));
    return UniqueFd(fd);
}

bool isNamedAsOurs(const UniqueFd& program) {
    bpf_prog_info info{};
    bpf_attr attributes{};
    attributes.info.bpf_fd = static_cast<std::uint32_t>(program.get());
    attributes.info.info_len = sizeof info;
    attributes.info.info = reinterpret_cast<std::uintptr_t>(&info);
    return bpf(BPF_OBJ_GET_INFO_BY_FD, attributes) == 0 && std::strcmp(info.name, kName) == 0;
}

// The program that stands here from an earlier time; invalid when there is none.
Result<UniqueFd> attachedBefore(const UniqueFd& cgroup, const std::string& directory) {
    std::array<std::uint32_t, 64> ids{}; // as many as the kernel allows for one cgroup
    bpf_attr query{};
    query.query.target_fd = static_cast<std::uint32_t>(cgroup.get());
    query.query.attach_type = BPF_CGROUP_DEVICE;
    query.query.prog_ids = reinterpret_cast<std::uintptr_t>(ids.data());
    query.query.prog_cnt = ids.size();
    if (const int result = bpf(BPF_PROG_QUERY, query); result < 0)
        return fail(refused(result, directory, "cannot list"));
    for (std::uint32_t i = 0; i < query.query.prog_cnt && i < ids.size(); ++i) {
        bpf_attr byId{};
        byId.prog_id = ids.at(i);
        UniqueFd program(bpf(BPF_PROG_GET_FD_BY_ID, byId));
        if (program.get() >= 0 && isNamedAsOurs(program))
            return program;
    }
    return UniqueFd();
}

} // namespace

std::vector<bpf_insn> deviceProgram(const std::vector<CgroupDeviceRule>& rules) {
    std::vector<bpf_insn> program{
        load(Type, 0),  copy(Access, Type), calculate(BPF_AND, Type, 0xffff), calculate(BPF_RSH, Access, 16),
        load(Major, 4), load(Minor, 8)};
    for (auto rule = rules.rbegin(); rule != rules.rend(); ++rule) {
        const auto tests = conditions(*rule);
        const auto block = decision(*rule);
        for (std::size_t i = 0; i < tests.size(); ++i)
            program.push_back(
                jumpIf(BPF_JNE, tests[i].first, tests[i].second, tests.size() - 1 - i + block.size()));
        program.insert(program.end(), block.begin(), block.end());
        if (tests.empty() && accessBits(rule->access) == kAllAccess)
            return program; // nothing before it can be reached, which the kernel refuses to load
    }
    answer(program, false);
    return program;
}

Result<void> attachDeviceRules(const std::string& directory, const std::vector<CgroupDeviceRule>& rules) {
    TRY_ASSIGN(const auto program, loadProgram(directory, deviceProgram(rules)));
    TRY_ASSIGN(const auto cgroup, openFile(directory, O_RDONLY | O_DIRECTORY));
    TRY_ASSIGN(const auto before, attachedBefore(cgroup, directory));
    bpf_attr attributes{};
    attributes.target_fd = static_cast<std::uint32_t>(cgroup.get());
    attributes.attach_bpf_fd = static_cast<std::uint32_t>(program.get());
    attributes.attach_type = BPF_CGROUP_DEVICE;
    attributes.attach_flags = BPF_F_ALLOW_MULTI;
    if (before) {
        attributes.attach_flags |= BPF_F_REPLACE;
        attributes.replace_bpf_fd = static_cast<std::uint32_t>(before.get());
    }
    if (const int result = bpf(BPF_PROG_ATTACH, attributes); result < 0)
        return fail(refused(result, directory, "cannot set"));
    return {};
}

} // namespace escale
