// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <flags/snapshot.h>
#include <models/populationsource.h>

#include <QObject>

namespace edgewise::models {

/// The population that questions about many entities are put to, shared by the pages that ask them.
/// GUI thread.
class PopulationChoice : public QObject {
    Q_OBJECT

public:
    explicit PopulationChoice(QObject *parent = nullptr) : QObject(parent) {}

    const PopulationSource &source() const { return m_source; }
    /// The attributes follow the segments of what is asked, until somebody writes others.
    bool isFitting() const { return m_isFitting; }
    void choose(const PopulationSource &source, bool isFitting);

    /// The population for these flags: as chosen, with attributes that put their segments to the
    /// test where it is fitting. No flags mean all segments of the namespaces.
    PopulationSource fittedTo(const flags::Snapshot &snapshot,
                              const std::vector<std::pair<NamespaceKey, FlagKey>> &flags) const;

signals:
    void changed();

private:
    PopulationSource m_source;
    bool m_isFitting = true;
};

} // namespace edgewise::models
