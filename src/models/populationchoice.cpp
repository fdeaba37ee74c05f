// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/populationchoice.h"

#include "models/attributetext.h"

namespace edgewise::models {

void PopulationChoice::choose(const PopulationSource &source, bool isFitting)
{
    if (m_source == source && m_isFitting == isFitting)
        return;
    m_source = source;
    m_isFitting = isFitting;
    emit changed();
}

PopulationSource
PopulationChoice::fittedTo(const flags::Snapshot &snapshot,
                           const std::vector<std::pair<NamespaceKey, FlagKey>> &flags) const
{
    if (!m_isFitting || !m_source.isGenerated())
        return m_source;
    PopulationSource source = m_source;
    source.plan.attributes.clear();
    const auto add = [&](const flags::Namespace &nameSpace, const flags::Flag *flag) {
        for (evaluation::AttributePlan &plan : suggestedAttributes(nameSpace, flag)) {
            const bool isNew = std::ranges::find(source.plan.attributes, plan.name,
                                                 &evaluation::AttributePlan::name)
                               == source.plan.attributes.end();
            if (isNew)
                source.plan.attributes.push_back(std::move(plan));
        }
    };
    for (const auto &[key, flagKey] : flags) {
        const auto nameSpace = snapshot.nameSpace(key);
        const auto flag = nameSpace ? nameSpace->flag(flagKey) : nullptr;
        if (flag)
            add(*nameSpace, flag.get());
    }
    for (size_t i = 0; flags.empty() && i < snapshot.namespaces.size(); ++i)
        add(*snapshot.namespaces[i], nullptr);
    return source;
}

} // namespace edgewise::models
