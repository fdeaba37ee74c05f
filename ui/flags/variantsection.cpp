// SPDX-License-Identifier: GPL-3.0-or-later
#include <flags/validate.h>
#include <flags/variantrow.h>
#include <flags/variantsection.h>
#include <theme/theme.h>
#include <widgets/card.h>
#include <widgets/parts.h>

namespace edgewise::flagspage {

using namespace Qt::StringLiterals;
using namespace theme::metrics;

VariantSection::VariantSection(const theme::Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_column(new QVBoxLayout),
      m_none(widgets::quietLabel(tr("No variants yet: add the answers that this flag can give."),
                                 this)),
      m_add(widgets::addButton(appearance, u"addVariant"_qs, tr("Variant"), this))
{
    m_add->setAccessibleName(tr("Add a variant"));
    auto *header = new widgets::SectionHeader(appearance, tr("Variants"), this);
    header->addWidget(m_add);
    m_column->setSpacing(grid);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(grid);
    column->addWidget(header);
    column->addLayout(m_column);
    column->addWidget(m_none);
    connect(m_add, &QPushButton::clicked, this, &VariantSection::add);
}

void VariantSection::add()
{
    emit edited({tr("add a variant"), {}, [](flags::Flag &flag) { addVariant(flag); }});
    if (m_rows.isEmpty())
        return;
    m_rows.last()->focusKey();
    emit revealRequested(m_rows.last());
}

/// The row of the variant, which is taken out of the list, or a new one.
VariantRow *VariantSection::takeRow(const VariantId &id)
{
    for (VariantRow *row : std::as_const(m_rows)) {
        if (row->id() == id) {
            m_rows.removeOne(row);
            return row;
        }
    }
    auto *row = new VariantRow(m_appearance, id, this);
    row->setReadOnly(m_isReadOnly);
    connect(row, &VariantRow::edited, this, &VariantSection::edited);
    return row;
}

void VariantSection::showFlag(const flags::Flag &flag)
{
    setVisible(flag.type != flags::BooleanFlag || !flag.variants.empty());
    QList<VariantRow *> rows;
    for (const flags::Variant &variant : flag.variants)
        rows.append(takeRow(variant.id));
    for (VariantRow *gone : std::as_const(m_rows)) {
        m_column->removeWidget(gone);
        gone->hide();
        gone->deleteLater();
    }
    m_rows = rows;
    for (int i = 0; i < rows.size(); ++i) {
        if (m_column->indexOf(rows[i]) != i) {
            m_column->removeWidget(rows[i]);
            m_column->insertWidget(i, rows[i]);
        }
        rows[i]->showVariant(flag, i);
        rows[i]->show();
    }
    m_none->setVisible(rows.isEmpty());
}

void VariantSection::setProblems(const std::vector<flags::Problem> &problems)
{
    for (int i = 0; i < m_rows.size(); ++i)
        m_rows[i]->setProblems(problemsAt(problems, [i](const flags::Location &place) {
            return place.part == flags::Location::Part::Variant && place.index == i;
        }));
}

void VariantSection::setReadOnly(bool readOnly)
{
    m_isReadOnly = readOnly;
    m_add->setVisible(!readOnly);
    for (VariantRow *row : std::as_const(m_rows))
        row->setReadOnly(readOnly);
}

} // namespace edgewise::flagspage
