// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled for every target with Widgets: what is dear to parse and changes never.
#pragma once

#include "../src/pch.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTreeView>
#include <QWidget>
