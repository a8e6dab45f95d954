"""E2 in PyTorch: a module, ``DataLoader`` with two workers, affine augmentation of every image, normalisation, train and eval modes."""

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

from benchmarks.outcome import Laps, arguments, print_outcome

options = arguments()
torch.set_num_threads(options.threads)

# Data
normalize = transforms.Normalize((0.1307,), (0.3081,))
train_transform = transforms.Compose([transforms.RandomAffine(degrees=10, translate=(0.1, 0.1), scale=(0.9, 1.1)), transforms.ToTensor(), normalize])
test_transform = transforms.Compose([transforms.ToTensor(), normalize])
train_set = datasets.MNIST(options.data, train=True, transform=train_transform)
test_set = datasets.MNIST(options.data, train=False, transform=test_transform)
train_loader = DataLoader(train_set, batch_size=options.batch_size, shuffle=True, num_workers=2)
test_loader = DataLoader(test_set, batch_size=options.batch_size, shuffle=False, num_workers=2)


class CNN(nn.Module):
    """Two convolutions with pooling, one dense layer, dropout after each of the three."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=3)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3)
        self.pool = nn.MaxPool2d(2)
        self.dropout1 = nn.Dropout(0.25)
        self.dropout2 = nn.Dropout(0.5)
        self.fc1 = nn.Linear(64 * 5 * 5, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        """Return the logits of a batch of images (batch, 1, 28, 28)."""
        x = self.dropout1(self.pool(torch.relu(self.conv1(x))))
        x = self.dropout1(self.pool(torch.relu(self.conv2(x))))
        x = torch.flatten(x, 1)
        x = self.dropout2(torch.relu(self.fc1(x)))
        return self.fc2(x)


model = CNN()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)


def train_epoch():
    """Go once through the training images."""
    model.train()
    running_loss = 0.0
    correct = 0
    for images, labels in train_loader:
        optimizer.zero_grad()
        outputs = model(images)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()
        running_loss += loss.item() * images.size(0)
        correct += (outputs.argmax(1) == labels).sum().item()


def predict():
    """Return the fraction of the test images that the model gets right."""
    model.eval()
    hits = 0
    with torch.no_grad():
        for images, labels in test_loader:
            hits += (model(images).argmax(1) == labels).sum().item()
    return hits / len(test_set)


# Training
epochs = Laps()
for _ in range(options.epochs):
    epochs.begin()
    train_epoch()
    epochs.end()

# Evaluation, and inference on the whole test set
accuracy = predict()
inference = Laps()
for _ in range(3):
    inference.begin()
    predict()
    inference.end()

print_outcome(epochs, accuracy, inference)
