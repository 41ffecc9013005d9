#include "sim/fault_injector.hpp"

#include "sim/fault_kinds.hpp"

namespace ulak::sim {
namespace {

/// Whether the fault strikes, if its kind is the one asked for. Counts the chance.
bool use(fault& f, std::string_view protocol, std::string_view operation)
{
    if ((f.protocol != "*" && f.protocol != protocol) || (f.operation != "*" && f.operation != operation))
        return false;
    if (f.after > 0) {
        --f.after;
        return false;
    }
    if (f.times == 0)
        return false;
    if (f.times != fault::for_ever)
        --f.times;
    return true;
}

} // namespace

std::optional<std::string> fault_injector::trigger(std::string_view protocol, std::string_view operation,
                                                   std::string_view kind)
{
    for (auto& f : faults_)
        if (f.kind == kind && use(f, protocol, operation))
            return f.parameter;
    return std::nullopt;
}

std::optional<std::pair<std::string, std::string>> fault_injector::trigger_status(std::string_view protocol,
                                                                                  std::string_view operation)
{
    for (auto& f : faults_)
        if (is_status_fault(f.kind) && use(f, protocol, operation))
            return std::pair(f.kind, f.parameter);
    return std::nullopt;
}

} // namespace ulak::sim
