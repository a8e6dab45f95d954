"""E0 and E1 in PyTorch: torchvision's MNIST with ``ToTensor`` on every image, a ``DataLoader``, a module, a training loop."""

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

from benchmarks.outcome import Laps, arguments, print_outcome

options = arguments()
torch.set_num_threads(options.threads)

# Data
transform = transforms.ToTensor()
train_set = datasets.MNIST(options.data, train=True, transform=transform)
test_set = datasets.MNIST(options.data, train=False, transform=transform)
train_loader = DataLoader(train_set, batch_size=options.batch_size, shuffle=True)
test_loader = DataLoader(test_set, batch_size=options.batch_size, shuffle=False)


class MLP(nn.Module):
    """784 inputs, 64 hidden units, 10 outputs."""

    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.hidden = nn.Linear(28 * 28, 64)
        self.output = nn.Linear(64, 10)

    def forward(self, x):
        """Return logits, or probabilities where the published mistake is asked for."""
        x = self.flatten(x)
        x = torch.relu(self.hidden(x))
        x = self.output(x)
        return torch.softmax(x, dim=1) if options.softmax else x


model = MLP()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)

# Training
epochs = Laps()
for _ in range(options.epochs):
    epochs.begin()
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
    epochs.end()


def predict():
    """Return the fraction of the test images that the model gets right."""
    model.eval()
    hits = 0
    with torch.no_grad():
        for images, labels in test_loader:
            hits += (model(images).argmax(1) == labels).sum().item()
    return hits / len(test_set)


# Evaluation, and inference on the whole test set
accuracy = predict()
inference = Laps()
for _ in range(3):
    inference.begin()
    predict()
    inference.end()

print_outcome(epochs, accuracy, inference)
